# shellcheck shell=bash
# Sourced by the scripts in jobs/. Either with the project's directory as the working directory,
#   require_java; build_if_needed; exec "$JAVA" "${JVM_FLAGS[@]}" -cp "$CLASS_PATH" ...
# or from anywhere, prepare_java, which sets home to that directory.

source "$(dirname "${BASH_SOURCE[0]}")/arguments.sh"
source "$(dirname "${BASH_SOURCE[0]}")/build.sh"

# Java takes the encoding of file names and of the terminal from the locale, which is ASCII under
# cron, under systemd and in many containers.
[[ "$(locale charmap 2>/dev/null)" == UTF-8 ]] || export LC_ALL=C.UTF-8

# Sets JAVA: from JAVA_HOME, or else from the PATH.
require_java() {
  if [[ -n "${JAVA_HOME:-}" ]]; then
    JAVA="$JAVA_HOME/bin/java"
    [[ -x "$JAVA" ]] || fail "JAVA_HOME is $JAVA_HOME, but there is no $JAVA"
  else
    JAVA="$(command -v java)" || fail "Java 17 or newer is needed, but there is no java on the PATH; install one or set JAVA_HOME"
  fi
  local version
  version="$("$JAVA" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')"
  [[ "${version%%.*}" =~ ^[0-9]+$ && "${version%%.*}" -ge 17 ]] ||
    fail "Java 17 or newer is needed, but $JAVA is version ${version:-unknown}; install one or set JAVA_HOME"
}

# Runs require_java and build_if_needed for a script whose file names are relative to the user's current directory, which is
# not changed.
prepare_java() {
  local from="$PWD"
  home="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
  cd "$home"
  require_java
  build_if_needed
  cd "$from"
}

# find_terminal FD: sets TERMINAL_COLUMNS to the width of the terminal behind a file descriptor, or
# to 0 if there is none.
find_terminal() {
  TERMINAL_COLUMNS=0
  if [[ -t "$1" ]]; then
    { TERMINAL_COLUMNS="$(stty size <&3 2>/dev/null | cut -d' ' -f2)"; } 3<&"$1"
    ((TERMINAL_COLUMNS > 0)) || TERMINAL_COLUMNS=80
  fi
}

project_jar() {
  find target -maxdepth 1 -name 'afterimage-*.jar' ! -name '*-tests.jar' ! -name '*-sources.jar' -print -quit
}

# pom_property NAME: prints the value of a property in pom.xml.
pom_property() {
  sed -n "s:^ *<$1>\(.*\)</$1> *$:\1:p" pom.xml
}

# Settings of glibc's allocator for a training process: freed memory stays with the process, in one
# heap of huge pages, since otherwise every step causes new page faults. Sets ALLOCATOR, for env;
# settings of the caller's environment are kept. A preloaded jemalloc ignores them.
allocator_settings() {
  local setting
  ALLOCATOR=()
  for setting in MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=1073741824 MALLOC_MMAP_THRESHOLD_=1073741824 \
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1; do
    printenv "${setting%%=*}" >/dev/null || ALLOCATOR+=("$setting")
  done
}
