#!/usr/bin/env bash
# The training step against PyTorch's: both in turn, several rounds, ratio of medians.
#
#   jobs/benchmark.sh [--rounds N] [--steps N] [--groups N] [--views N] [--size N] [--width N] [--norm NORM]
#
# --norm is group, weight or batch; PyTorch does weight without any normalisation, which is less work.
# PYTHON names the interpreter that has PyTorch (default python3); without PyTorch ours is measured alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh

rounds=3 steps=12 groups=64 views=2 size=32 width=32 norm=group
while (($# > 0)); do
  case "$1" in
    --help | -h)
      sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0"
      exit 0
      ;;
    --rounds | --steps | --groups | --views | --size | --width)
      [[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || fail "$1 must be a number above 0, but was '${2:-}'"
      declare "${1#--}=$2"
      shift 2
      ;;
    --norm)
      [[ "${2:-}" =~ ^(group|weight|batch)$ ]] || fail "--norm must be group, weight or batch, but was '${2:-}'"
      norm="$2"
      shift 2
      ;;
    *) fail "unknown option $1; see --help" ;;
  esac
done

require_java
maven="$(command -v mvn)" || fail "Maven 3.8 or newer is needed, but there is no mvn on the PATH"
"$maven" -B -q -Dspotless.check.skip=true test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/classpath >&2 || fail "the build failed"
read -ra JVM_FLAGS <<<"$(pom_property jvm.opens) $(pom_property jvm.native)"
export MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-1000000000}"
export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-1000000000}"

python="${PYTHON:-python3}"
pytorch=
if "$python" -c 'import torch' >/dev/null 2>&1; then
  pytorch=yes
else
  echo "PyTorch was not found by $python: ours is measured alone" >&2
fi

shape=(--groups "$groups" --views "$views" --size "$size" --width "$width")
ours() {
  "$JAVA" "${JVM_FLAGS[@]}" -Dlog4j2.level=error \
    -cp "target/classes:target/test-classes:$(<target/classpath)" io.afterimage.learn.StepTime \
    "${shape[@]}" --steps "$steps" --norm "$norm"
}
theirs() {
  local kind="$norm"
  [[ "$norm" != weight ]] || kind=none
  # Two steps more: the program leaves its first two out.
  "$python" src/jmh/python/pytorch_step.py "${shape[@]}" --steps $((steps + 2)) --norm "$kind" "$@"
}
# Prints a round's line, and keeps its median in a file.
measure() {
  local name="$1" line
  shift
  line="$("$@" | grep 'step median')" || fail "$name printed no step time"
  echo "$line"
  sed -n 's/.*step median \([0-9.]*\) ms.*/\1/p' <<<"$line" >>"$results/$name"
}
median() {
  sort -n "$1" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT
for ((round = 1; round <= rounds; round++)); do
  measure ours ours
  if [[ -n "$pytorch" ]]; then
    measure contiguous theirs
    measure channels-last theirs --channels-last
  fi
done
mine="$(median "$results/ours")"
echo "ours: $mine ms, median of $rounds rounds"
if [[ -n "$pytorch" ]]; then
  best="$(printf '%s\n%s\n' "$(median "$results/contiguous")" "$(median "$results/channels-last")" | sort -n | head -n 1)"
  echo "PyTorch, the better of its memory formats: $best ms"
  awk -v a="$mine" -v b="$best" 'BEGIN { printf "ratio: %.2f\n", a / b }'
fi
