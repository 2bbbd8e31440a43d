#!/usr/bin/env bash
# Finds frames like an image in the cameras' past. See jobs/search.sh --help.
set -euo pipefail
invoked_from="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh
require_java
build_if_needed
find_terminal 2
home="$PWD"
# File names on the command line are meant from where the person stands.
cd "$invoked_from"
exec "$JAVA" -Xmx1g "${JVM_FLAGS[@]}" \
  -Dafterimage.home="$home" \
  -Dafterimage.terminal.columns="$TERMINAL_COLUMNS" \
  -Dlog4j2.configurationFile=log4j2-terminal.properties \
  -cp "$CLASS_PATH" io.afterimage.job.search.SearchMain "$@"
