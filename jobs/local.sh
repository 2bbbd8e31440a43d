#!/usr/bin/env bash
# The whole of Afterimage in one process: Kafka, cameras, Flink, the job. See jobs/local.sh --help.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/java.sh"
prepare_java
find_terminal 1
allocator_settings
exec env "${ALLOCATOR[@]}" "$JAVA" "${JVM_FLAGS[@]}" -Xmx1g \
  -Dafterimage.home="$home" \
  -Dafterimage.terminal.columns="$TERMINAL_COLUMNS" \
  -Dlog4j2.configurationFile=log4j2-local.properties \
  -Dlog4j.shutdownHookEnabled=false \
  -cp "$CLASS_PATH" io.afterimage.cli.LocalRun "$@"
