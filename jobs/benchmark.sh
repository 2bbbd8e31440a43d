#!/usr/bin/env bash
# Compares the training step with PyTorch's: alternating, in several rounds, by the ratio of medians.
#
#   jobs/benchmark.sh [--rounds N] [--steps N] [--groups N] [--views N] [--size N] [--width N]
#                     [--normalization group|weight|batch] [--python PROGRAM]
#
# A step begins with the views as unsigned bytes in memory and ends with the updated weights.
# PyTorch is measured in eager mode, in both of its memory formats, with the default allocator
# settings and with those of Afterimage. Its "weight" has no normalization at all, which is less
# work.
# PROGRAM is the Python with PyTorch (default python3); without PyTorch only Afterimage is measured.
set -euo pipefail
invoked_from="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh

rounds=3 steps=12 groups=64 views=2 size=32 width=32 normalization=group python=python3
while (($# > 0)); do
  case "$1" in
    --help | -h)
      script_help
      exit 0
      ;;
    --rounds | --steps | --groups | --views | --size | --width)
      take_integer "${1#--}" "$1" 1 999999 "${2:-}"
      shift 2
      ;;
    --normalization)
      [[ "${2:-}" =~ ^(group|weight|batch)$ ]] ||
        wrong "--normalization must be group, weight or batch, but is ${2:-missing}"
      normalization="$2"
      shift 2
      ;;
    --python)
      python="$(cd "$invoked_from" && command -v "${2:-}")" || wrong "--python: there is no program '${2:-}'"
      [[ "$python" == /* ]] || python="$invoked_from/$python"
      shift 2
      ;;
    *) wrong "takes no argument $1" ;;
  esac
done

require_java
maven="$(command -v mvn)" || fail "Maven 3.8 or newer is needed, but there is no mvn on the PATH"
"$maven" -B -q -Dspotless.check.skip=true test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/classpath >&2 || fail "the build failed"
read -ra JVM_FLAGS <<<"$(pom_property jvm.opens) $(pom_property jvm.native)"
allocator_settings

pytorch=
if "$python" -c 'import torch' >/dev/null 2>&1; then
  pytorch=yes
else
  echo "$python has no PyTorch: only Afterimage is measured" >&2
fi

shape=(--groups "$groups" --views "$views" --size "$size" --width "$width")
ours() {
  env "${ALLOCATOR[@]}" "$JAVA" "${JVM_FLAGS[@]}" -Dlog4j2.level=error \
    -cp "target/classes:target/test-classes:$(<target/classpath)" io.afterimage.train.StepTime \
    "${shape[@]}" --steps "$steps" --normalization "$normalization"
}
theirs() {
  local kind="$normalization"
  [[ "$normalization" != weight ]] || kind=none
  # Two more steps, since the program ignores the first two.
  "$python" src/jmh/python/pytorch_step.py "${shape[@]}" --steps $((steps + 2)) --norm "$kind" "$@"
}
theirs_tuned() {
  (
    export "${ALLOCATOR[@]}"
    theirs "$@"
  )
}
# measure FILE COMMAND...: prints the line of a round, and appends its median to a file.
measure() {
  local file="$results/$1" line
  shift
  line="$("$@" | grep 'step median')" || fail "no step time was printed by: $*"
  echo "$line"
  sed -n 's/.*step median \([0-9.]*\) ms.*/\1/p' <<<"$line" >>"$file"
}
median() {
  sort -n "$results/$1" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}
# against WHAT FILE FILE: prints the better of two memory formats, and the ratio to it.
against() {
  local best
  best="$(printf '%s\n%s\n' "$(median "$2")" "$(median "$3")" | sort -n | head -n 1)"
  awk -v what="$1" -v ours="$mine" -v best="$best" 'BEGIN { printf "%s: %g ms, ratio %.2f\n", what, best, ours / best }'
}

results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT
for ((round = 1; round <= rounds; round++)); do
  measure ours ours
  if [[ -n "$pytorch" ]]; then
    measure contiguous theirs
    measure channels-last theirs --channels-last
    measure contiguous-tuned theirs_tuned
    measure channels-last-tuned theirs_tuned --channels-last
  fi
done
mine="$(median ours)"
echo "ours: $mine ms, median of $rounds rounds of $steps steps"
if [[ -n "$pytorch" ]]; then
  against "PyTorch, better of its memory formats" contiguous channels-last
  against "PyTorch with our allocator settings, better of its memory formats" contiguous-tuned channels-last-tuned
fi
