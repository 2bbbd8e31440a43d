# shellcheck shell=bash
# Sourced by every script, directly or through jobs/lib/java.sh: reports wrong arguments in one
# line, before anything is built or started.

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# As in the Java commands: 2 for a wrong option, value or environment variable.
wrong() {
  echo "$(basename "$0"): $*; --help lists the valid arguments" >&2
  exit 2
}

# Prints the comment at the top of the running script.
script_help() {
  sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"
}

# no_arguments ARGUMENT...: for a script whose only argument is --help.
no_arguments() {
  case "${1:-}" in
    "") ;;
    -h | --help)
      script_help
      exit 0
      ;;
    *) wrong "takes no argument, but was given $1" ;;
  esac
}

# take_integer VARIABLE NAME MIN MAX VALUE. Not in $( ), where a failure ends only the subshell.
take_integer() {
  [[ "$5" =~ ^[0-9]{1,9}$ ]] && ((10#$5 >= $3 && 10#$5 <= $4)) || wrong "$2 must be a whole number from $3 to $4, but is ${5:-missing}"
  printf -v "$1" '%d' "$((10#$5))"
}

# take_rate VARIABLE NAME VALUE: a decimal number above 0 and at most 1000.
take_rate() {
  [[ "$3" =~ ^[0-9]{1,4}(\.[0-9]+)?$ && "$3" =~ [1-9] ]] && LC_ALL=C awk -v value="$3" 'BEGIN { exit !(value <= 1000) }' ||
    wrong "$2 must be a number above 0 and at most 1000, but is ${3:-missing}"
  printf -v "$1" '%s' "$3"
}

# take_value VARIABLE NAME VALUE: any text that is not empty and not the next option.
take_value() {
  [[ -n "$3" && "$3" != --* ]] || wrong "$2 needs a value"
  printf -v "$1" '%s' "$3"
}
