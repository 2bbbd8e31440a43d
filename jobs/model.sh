#!/usr/bin/env bash
# Encoder snapshots: list, show, verify, export, embed, compare. See jobs/model.sh --help.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/java.sh"
prepare_java
find_terminal 2
exec "$JAVA" -Xmx1g "${JVM_FLAGS[@]}" \
  -Dafterimage.terminal.columns="$TERMINAL_COLUMNS" -cp "$CLASS_PATH" \
  io.afterimage.cli.model.ModelMain "$@"
