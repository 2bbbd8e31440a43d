#!/usr/bin/env bash
# Trains encoders on labelled streams by several methods and compares them. See jobs/evaluate.sh --help.
set -euo pipefail
invoked_from="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh
require_java
build_if_needed
# File names on the command line are meant from where the person stands.
cd "$invoked_from"
# Many small runs go side by side, each on a thread of its own.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
exec "$JAVA" "${JVM_FLAGS[@]}" -Xmx3g -Dlog4j2.configurationFile=log4j2-local.properties \
  -cp "$CLASS_PATH" io.afterimage.job.EvaluateCommand "$@"
