#!/usr/bin/env bash
# A web page that shows a running job, from its topics. See jobs/page.sh --help.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/java.sh"
prepare_java
exec "$JAVA" -XX:+UseSerialGC -Xmx512m -Dorg.bytedeco.javacpp.logger=slf4j -Dlog4j2.configurationFile=log4j2-terminal.properties \
  -cp "$CLASS_PATH" io.afterimage.cli.PageMain "$@"
