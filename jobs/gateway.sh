#!/usr/bin/env bash
# The gateway: reads cameras and publishes their frames to Kafka. See jobs/gateway.sh --help.
set -euo pipefail
invoked_from="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh
require_java
build_if_needed
# File names on the command line are meant from where the person stands.
cd "$invoked_from"
# FFmpeg's own memory is no concern of JavaCPP, which would count it against a bound on the whole process.
# shellcheck disable=SC2086 # JAVA_OPTS holds several options
exec "$JAVA" -XX:+UseSerialGC -Xmx512m -Dorg.bytedeco.javacpp.maxphysicalbytes=0 ${JAVA_OPTS:-} \
  -cp "$CLASS_PATH" io.afterimage.gateway.GatewayMain "$@"
