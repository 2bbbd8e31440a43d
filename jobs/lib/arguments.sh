# shellcheck shell=bash
# Sourced by every script, itself or through jobs/lib/java.sh: answers to wrong arguments, in one line
# and before anything is built or started.

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# As Java's command lines do: 2 for a wrong option, value or variable of the environment.
wrong() {
  echo "$(basename "$0"): $*; --help lists what it knows" >&2
  exit 2
}

# The comment at the top of the script that runs.
script_help() {
  sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"
}

# no_arguments ARGUMENT...: for a script that takes none but --help.
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
