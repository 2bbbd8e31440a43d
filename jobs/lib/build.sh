# shellcheck shell=bash
# Sourced by jobs/lib/java.sh: builds the project if there is no build, or an outdated one.

BUILD_LOG=target/build.log

# Builds unless the jar is newer than all of its sources. Two scripts never build at the same time.
# Sets CLASS_PATH and JVM_FLAGS. AFTERIMAGE_CLASS_PATH names a finished build and disables building.
build_if_needed() {
  # The flags are in pom.xml, from where the tests take them as well.
  read -ra JVM_FLAGS <<<"$(pom_property jvm.opens) $(pom_property jvm.native)"
  if [[ -n "${AFTERIMAGE_CLASS_PATH:-}" ]]; then
    CLASS_PATH="$AFTERIMAGE_CLASS_PATH"
    return
  fi
  local lock jar
  mkdir -p target
  if command -v flock >/dev/null; then
    exec {lock}>target/.build.lock
    flock -n "$lock" || {
      echo "Another script is building; waiting for it ..." >&2
      flock "$lock"
    }
  fi
  jar="$(project_jar)"
  if [[ -z "$jar" || ! -d target/lib || -n "$(find pom.xml src/main -newer "$jar" -print -quit)" ]]; then
    # Otherwise libraries of other versions would remain.
    [[ -n "$jar" && pom.xml -ot "$jar" ]] || rm -rf target/lib
    build
    jar="$(project_jar)"
    [[ -n "$jar" ]] || fail "the build made no jar; its log is $PWD/$BUILD_LOG"
    touch "$jar"
  fi
  if [[ -n "${lock:-}" ]]; then
    exec {lock}>&-
  fi
  # The metrics client comes first: the jar of Flink's reporter contains an old copy of the same
  # classes.
  CLASS_PATH="$PWD/$jar:$(printf "%s:" "$PWD"/target/lib/simpleclient*.jar)$PWD/target/lib/*"
}

build() {
  local maven first=yes progress
  maven="$(command -v mvn)" || fail "Maven 3.8 or newer is needed to build, but there is no mvn on the PATH"
  [[ ! -d target/classes ]] || first=
  echo "Building ...${first:+ The first build downloads about 1 GB of libraries, which takes some minutes; later ones take seconds.}" >&2
  : >"$BUILD_LOG"
  # The progress display runs in the background, and Maven in the foreground, where Ctrl-C reaches it.
  show_build $$ &
  progress=$!
  local code=0
  "$maven" -B -Dstyle.color=never -Dmaven.test.skip=true -Dspotless.check.skip=true package >"$BUILD_LOG" 2>&1 || code=$?
  kill "$progress" 2>/dev/null || true
  wait "$progress" 2>/dev/null || true
  [[ ! -t 2 ]] || printf '\r\033[K' >&2
  ((code == 0)) || {
    grep '^\[ERROR\]' "$BUILD_LOG" | head -n 12 >&2
    fail "the build failed; its log is $PWD/$BUILD_LOG"
  }
  echo "Built: $(build_progress)" >&2
}

# show_build PID: shows the progress of the build while the waiting process PID lives: one line that
# is overwritten on a terminal, and a line every 15 s elsewhere.
show_build() {
  local time
  SECONDS=0
  # A sleep that outlives this function must not hold a pipe open.
  while sleep 1 >/dev/null 2>&1 && kill -0 "$1" 2>/dev/null; do
    time="$(printf '%d:%02d' $((SECONDS / 60)) $((SECONDS % 60)))"
    if [[ -t 2 ]]; then
      printf '\r\033[K  %s  %s' "$time" "$(build_progress)" >&2
    elif ((SECONDS % 15 == 0)); then
      echo "  $time  $(build_progress)" >&2
    fi
  done
}

# The progress in Maven's log: files and megabytes downloaded, and the current step.
build_progress() {
  LC_ALL=C awk '
    /^Downloaded from / && match($0, /\([0-9.]+ [kMG]?B/) {
      split(substr($0, RSTART + 1, RLENGTH - 1), size, " ")
      megabytes += size[1] * (size[2] == "GB" ? 1000 : size[2] == "MB" ? 1 : size[2] == "kB" ? 0.001 : 0.000001)
      files++
    }
    /^\[INFO\] --- / { step = $3 }
    /^\[INFO\] BUILD SUCCESS/ { step = "" }
    END {
      printf "%d files, %.0f MB downloaded", files, megabytes
      if (step != "") printf "; %s", step
    }' "$BUILD_LOG"
}
