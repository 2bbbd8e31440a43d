#!/usr/bin/env bash
# The whole of Afterimage in one process: Kafka, cameras, Flink, the job. See jobs/local.sh --help.
set -euo pipefail
invoked_from="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh
require_java
build_if_needed
home="$PWD"
find_terminal 1
allocator_settings
# File names on the command line are meant from where the person stands.
cd "$invoked_from"
exec env "${ALLOCATOR[@]}" "$JAVA" "${JVM_FLAGS[@]}" -Xmx1g \
  -Dafterimage.home="$home" \
  -Dlog.file="$home/target/local/local.log" \
  -Dafterimage.terminal.columns="$TERMINAL_COLUMNS" \
  -Dlog4j2.configurationFile=log4j2-local.properties \
  -Dlog4j.shutdownHookEnabled=false \
  -cp "$CLASS_PATH" io.afterimage.local.LocalRun "$@"
