#!/usr/bin/env bash
# Encoder snapshots: list, show, verify, export, embed, compare. See jobs/model.sh --help.
set -euo pipefail
invoked_from="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh
require_java
build_if_needed
find_terminal 2
# File names on the command line are meant from where the person stands.
cd "$invoked_from"
exec "$JAVA" -Xmx1g "${JVM_FLAGS[@]}" \
  -Dafterimage.terminal.columns="$TERMINAL_COLUMNS" -cp "$CLASS_PATH" \
  io.afterimage.job.model.ModelMain "$@"
