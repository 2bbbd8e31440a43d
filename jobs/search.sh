#!/usr/bin/env bash
# Finds recorded frames that are similar to an image. See jobs/search.sh --help.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/java.sh"
prepare_java
find_terminal 2
exec "$JAVA" -Xmx1g "${JVM_FLAGS[@]}" \
  -Dafterimage.home="$home" \
  -Dafterimage.terminal.columns="$TERMINAL_COLUMNS" \
  -Dlog4j2.configurationFile=log4j2-terminal.properties \
  -cp "$CLASS_PATH" io.afterimage.cli.search.SearchMain "$@"
