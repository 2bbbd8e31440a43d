#!/usr/bin/env bash
# The whole system on this machine as separate processes, without Docker. See --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh
source jobs/lib/flink-dist.sh
source jobs/lib/cluster.sh

usage() {
  cat <<'EOF'
Usage: jobs/cluster.sh COMMAND

  start [--taskmanagers N] [--cameras N] [--video FILE_OR_URL]... [--fps F] [-Dname=value]...
              starts Kafka, ZooKeeper, JobManager, TaskManagers (default 1), Prometheus where it is
              installed, cameras (default 4 simulated ones, 0 for none) and the job
  submit [--from PATH] [-Dname=value]...
              starts the job, anew or from a savepoint or checkpoint
  savepoint   takes a savepoint; the job goes on
  upgrade [-Dname=value]...
              stops the job with a savepoint, and starts it from there with these options
  cancel      ends the job without a savepoint
  status      each process, the job and its newest step
  restart NAME
              starts a process of this cluster that has ended, such as taskmanager-1
  stop [--delete]
              ends everything; --delete also drops topics, checkpoints, snapshots and logs

Options of the job (-Dname=value) are those of README.md. In the environment:
  CLUSTER_DIR  logs, process ids and all data (default target/cluster)
  PORT_BASE    first of the 40 ports it takes (default: from 18080 on, the first free ones)
EOF
}

require_cluster() {
  [[ -f "$CLUSTER_DIR/ports" ]] || fail "no cluster runs in $CLUSTER_DIR; jobs/cluster.sh start starts one"
  choose_ports
  flink_environment
}

start() {
  local taskmanagers=1 cameras=4 fps=5 options=() videos=()
  while (($# > 0)); do
    case "$1" in
      --taskmanagers) taskmanagers="$(count "$1" 1 20 "${2:-}")" && shift 2 ;;
      --cameras) cameras="$(count "$1" 0 9999 "${2:-}")" && shift 2 ;;
      --video) videos+=(--camera "${2:?--video needs a file or URL}") && shift 2 ;;
      --fps) fps="${2:?--fps needs a number}" && shift 2 ;;
      -D*) options+=("$1") && shift ;;
      *) fail "start does not know $1; --help lists what it knows" ;;
    esac
  done
  local name pid
  for name in $(process_names); do
    ! pid="$(pid_of "$name")" || fail "the cluster in $CLUSTER_DIR runs already ($name is process $pid); jobs/cluster.sh stop ends it"
    rm -f "$CLUSTER_DIR/$name.pid"
  done
  trap 'stop_cluster; echo "start failed; the logs are in $CLUSTER_DIR" >&2' ERR EXIT
  require_java
  build_if_needed
  echo "Starting Kafka, ZooKeeper, the JobManager and $taskmanagers TaskManagers; logs are in $CLUSTER_DIR ..." >&2
  start_cluster "$taskmanagers" frames:4 frames.rejected training embeddings:4
  if command -v prometheus >/dev/null; then
    start_prometheus "$taskmanagers"
  else
    echo "Prometheus is not installed; it is left out" >&2
  fi
  submit -- "${options[@]}"
  if ((${#videos[@]} > 0)); then
    start_gateway gateway "$GATEWAY_METRICS_PORT" --loop --realtime --fps "$fps" "${videos[@]}"
  elif ((cameras > 0)); then
    start_gateway gateway "$GATEWAY_METRICS_PORT" --simulate "$cameras" --realtime --fps "$fps"
  fi
  trap - ERR EXIT
  status
}

count() {
  [[ "$4" =~ ^[0-9]+$ && "$4" -ge "$2" && "$4" -le "$3" ]] || fail "$1 must be from $2 to $3, but is ${4:-missing}"
  echo "$4"
}

submit_command() {
  local from=()
  if [[ "${1:-}" == --from ]]; then
    from=(--fromSavepoint "${2:?--from needs a path}")
    shift 2
  fi
  local id
  ! id="$(running_job)" || fail "job $id runs already; upgrade or cancel it"
  submit "${from[@]}" -- "$@"
}

job_or_fail() {
  running_job || fail "no job runs"
}

# client WHAT COMMAND...: Flink's client, whose stack traces go to a log.
client() {
  local what="$1" log="$CLUSTER_DIR/client.log"
  shift
  flink "$@" 2>"$log" || fail "$what failed; $log has more: $(sed -n 's/^Caused by: \([a-zA-Z0-9.]*: \)*//p' "$log" | tail -n 1)"
}

# savepoint_of OUTPUT: the path that Flink's client names.
savepoint_of() {
  sed -n 's/.*Savepoint completed. Path: //p' <<<"$1"
}

savepoint() {
  local id output
  id="$(job_or_fail)"
  output="$(client "the savepoint" savepoint "$id")"
  echo "Savepoint: $(savepoint_of "$output")"
}

upgrade() {
  local id output path
  id="$(job_or_fail)"
  output="$(client "stopping the job with a savepoint" stop "$id")"
  path="$(savepoint_of "$output")"
  [[ -n "$path" ]] || fail "Flink named no savepoint: $output"
  echo "Savepoint: $path"
  submit --fromSavepoint "$path" -- "$@" ||
    fail "the job is stopped and was not started again; jobs/cluster.sh submit --from $path starts it"
}

cancel() {
  local id
  id="$(job_or_fail)"
  client "cancelling the job" cancel "$id"
}

restart() {
  local number
  [[ $# -gt 0 ]] || fail "restart needs the name of a process; status lists them"
  ! pid_of "$1" >/dev/null || fail "$1 runs already"
  case "$1" in
    kafka) build_if_needed && start_kafka ;;
    zookeeper) start_zookeeper ;;
    jobmanager) start_jobmanager ;;
    taskmanager-*)
      number="$(count "the TaskManager's number" 1 20 "${1#taskmanager-}")"
      start_taskmanager "$number"
      ;;
    prometheus) start_prometheus "$(process_names | grep -c ^taskmanager-)" ;;
    *) fail "restart does not know $1; it knows kafka, zookeeper, jobmanager, taskmanager-N and prometheus" ;;
  esac
}

status() {
  local name pid id state
  for name in $(process_names); do
    if pid="$(pid_of "$name")"; then
      printf '%-16s runs as %-8s %s\n' "$name" "$pid" "$CLUSTER_DIR/$name.log"
    else
      printf '%-16s HAS ENDED       %s\n' "$name" "$CLUSTER_DIR/$name.log"
    fi
  done
  if read -r id state < <(newest_job 2>/dev/null); then
    printf '%-16s %s, %s, step %s\n' job "$id" "$state" "$(step)"
  else
    printf '%-16s none\n' job
  fi
  printf '%-16s %s\n' "web interface" "$REST"
  ! pid_of prometheus >/dev/null || printf '%-16s %s\n' Prometheus "$PROMETHEUS"
}

stop() {
  stop_cluster
  rm -f "$CLUSTER_DIR/ports"
  [[ "${1:-}" != --delete ]] || rm -rf "${CLUSTER_DIR:?}"
}

command="${1:-}"
[[ $# -gt 0 ]] && shift
case "$command" in
  start) start "$@" ;;
  stop) stop "$@" ;;
  submit | savepoint | upgrade | cancel | status | restart)
    require_java
    require_cluster
    case "$command" in
      submit) submit_command "$@" ;;
      cancel) cancel ;;
      *) "$command" "$@" ;;
    esac
    ;;
  -h | --help) usage ;;
  "") usage >&2 && exit 2 ;;
  *) fail "there is no command $command; --help lists them" ;;
esac
