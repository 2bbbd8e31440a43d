#!/usr/bin/env bash
# A page to watch a job learn, from its topics. See jobs/page.sh --help.
set -euo pipefail
invoked_from="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh
require_java
build_if_needed
# File names on the command line are meant from where the person stands.
cd "$invoked_from"
exec "$JAVA" -XX:+UseSerialGC -Xmx512m -cp "$CLASS_PATH" \
  io.afterimage.page.PageMain "$@"
