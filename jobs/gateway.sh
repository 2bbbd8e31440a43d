#!/usr/bin/env bash
# The gateway: reads cameras and publishes their frames to Kafka. See jobs/gateway.sh --help.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/java.sh"
prepare_java
find_terminal 1
# No limit by JavaCPP, which would count FFmpeg's own memory against a limit for the whole process.
# shellcheck disable=SC2086 # JAVA_OPTS holds several options
exec "$JAVA" -XX:+UseSerialGC -Xmx512m -Dorg.bytedeco.javacpp.maxphysicalbytes=0 -Dorg.bytedeco.javacpp.logger=slf4j ${JAVA_OPTS:-} \
  -Dafterimage.terminal.columns="$TERMINAL_COLUMNS" \
  -cp "$CLASS_PATH" io.afterimage.cli.GatewayMain "$@"
