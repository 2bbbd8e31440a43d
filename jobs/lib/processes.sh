# shellcheck shell=bash
# Sourced by jobs/lib/cluster.sh: the processes of a cluster on one machine, and their ports. Each process
# has a name, a log CLUSTER_DIR/NAME.log and, while it is meant to run, a file CLUSTER_DIR/NAME.pid.

# The start time of a process, which together with its id identifies it, since ids are reused.
began() {
  ps -o lstart= -p "$1" 2>/dev/null
}

# Prints the id of the process with this name if it runs.
pid_of() {
  local pid start
  [[ -f "$CLUSTER_DIR/$1.pid" ]] || return 1
  { read -r pid && read -r start; } <"$CLUSTER_DIR/$1.pid" || return 1
  [[ -n "$start" && "$(began "$pid" | xargs)" == "$start" ]] || return 1
  echo "$pid"
}

# The processes that should run, in the order of their start.
process_names() {
  local file
  # shellcheck disable=SC2012 # the names are ours
  { ls -tr "$CLUSTER_DIR"/*.pid 2>/dev/null || true; } | while read -r file; do
    basename "$file" .pid
  done
}

# start_process NAME COMMAND...: starts it in the background, with a log, and in a separate session,
# which Ctrl-C at the terminal does not reach.
start_process() {
  local name="$1" pid
  shift
  ! pid="$(pid_of "$name")" || fail "$name runs already, as process $pid"
  mkdir -p "$CLUSTER_DIR"
  if command -v setsid >/dev/null; then
    setsid "$@" >>"$CLUSTER_DIR/$name.log" 2>&1 </dev/null &
  else
    nohup "$@" >>"$CLUSTER_DIR/$name.log" 2>&1 </dev/null &
  fi
  pid=$!
  disown "$pid" # or else the shell tells when it is killed
  printf '%s\n%s\n' "$pid" "$(began "$pid" | xargs)" >"$CLUSTER_DIR/$name.pid"
}

# stop_process NAME [SECONDS]: asks it to end, and kills it if it does not end in time.
stop_process() {
  local name="$1" seconds="${2:-20}" pid
  if pid="$(pid_of "$name")"; then
    kill "$pid" 2>/dev/null || true
    wait_gone "$pid" "$seconds" || {
      echo "$name did not end within $seconds s and is killed" >&2
      kill -9 "$pid" 2>/dev/null || true
      wait_gone "$pid" 10 || fail "$name, process $pid, cannot be ended"
    }
  fi
  rm -f "$CLUSTER_DIR/$name.pid"
}

# Kills a process abruptly, like a power failure.
kill_process() {
  local pid
  pid="$(pid_of "$1")" || fail "$1 does not run"
  kill -9 "$pid"
  wait_gone "$pid" 10
}

wait_gone() {
  local tenths
  for ((tenths = 0; tenths < $2 * 10; tenths++)); do
    kill -0 "$1" 2>/dev/null || return 0
    sleep 0.1
  done
  return 1
}

# wait_for SECONDS WHAT NAME COMMAND...: waits until the command succeeds, while the process NAME runs.
wait_for() {
  local deadline=$((SECONDS + $1)) what="$2" name="$3"
  shift 3
  until "$@" >/dev/null 2>&1; do
    pid_of "$name" >/dev/null || {
      tail -n 8 "$CLUSTER_DIR/$name.log" | cut -c 1-300 >&2
      fail "$name ended before $what; its log is $CLUSTER_DIR/$name.log"
    }
    ((SECONDS < deadline)) || fail "$what took too long; the log is $CLUSTER_DIR/$name.log"
    sleep 0.3
  done
}

# --- Ports

port_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# PORT_BASE and the ports derived from it. Chosen once per cluster and stored with its logs.
choose_ports() {
  if [[ -f "$CLUSTER_DIR/ports" ]]; then
    # shellcheck disable=SC1091
    source "$CLUSTER_DIR/ports"
  elif [[ -n "${PORT_BASE:-}" ]]; then
    take_integer PORT_BASE PORT_BASE 1024 65400 "$PORT_BASE"
    local port
    for port in $(seq "$PORT_BASE" $((PORT_BASE + 39))); do
      ! port_taken "$port" || fail "port $port is in use; a cluster takes PORT_BASE to PORT_BASE + 39, now $PORT_BASE"
    done
  else
    for ((PORT_BASE = 18080; PORT_BASE < 28080; PORT_BASE += 100)); do
      ports_free && break
    done
    ((PORT_BASE < 28080)) || fail "no 40 free ports were found from 18080 on; set PORT_BASE"
  fi
  mkdir -p "$CLUSTER_DIR"
  echo "PORT_BASE=$PORT_BASE" >"$CLUSTER_DIR/ports"
  REST_PORT=$((PORT_BASE + 1))
  PROMETHEUS_PORT=$((PORT_BASE + 2))
  GATEWAY_METRICS_PORT=$((PORT_BASE + 3))
  KAFKA_PORT=$((PORT_BASE + 4))
  KAFKA_CONTROLLER_PORT=$((PORT_BASE + 5))
  ZOOKEEPER_PORT=$((PORT_BASE + 6))
  JOBMANAGER_RPC_PORT=$((PORT_BASE + 7))
  JOBMANAGER_BLOB_PORT=$((PORT_BASE + 8))
  JOBMANAGER_METRICS_PORT=$((PORT_BASE + 9))
  TASKMANAGER_METRICS_PORT=$((PORT_BASE + 10)) # that of the first; the others follow
  BOOTSTRAP_SERVERS="127.0.0.1:$KAFKA_PORT"
  REST="http://127.0.0.1:$REST_PORT"
  PROMETHEUS="http://127.0.0.1:$PROMETHEUS_PORT"
}

ports_free() {
  local port
  for port in $(seq "$PORT_BASE" $((PORT_BASE + 39))); do
    ! port_taken "$port" || return 1
  done
}
