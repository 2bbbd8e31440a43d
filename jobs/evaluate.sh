#!/usr/bin/env bash
# Trains encoders on labelled streams by several methods and compares them. See jobs/evaluate.sh --help.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/java.sh"
prepare_java
# Many small runs go side by side, each on a thread of its own.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
exec "$JAVA" "${JVM_FLAGS[@]}" -Xmx3g -Dlog4j2.configurationFile=log4j2-local.properties \
  -cp "$CLASS_PATH" io.afterimage.cli.EvaluateCommand "$@"
