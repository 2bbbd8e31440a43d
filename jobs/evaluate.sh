#!/usr/bin/env bash
# Trains encoders on labeled streams by several methods and compares them. See jobs/evaluate.sh --help.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/java.sh"
prepare_java
# Many small runs go in parallel, each on one thread.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
exec "$JAVA" "${JVM_FLAGS[@]}" -Xmx3g -Dlog4j2.configurationFile=log4j2-local.properties \
  -cp "$CLASS_PATH" io.afterimage.cli.EvaluateCommand "$@"
