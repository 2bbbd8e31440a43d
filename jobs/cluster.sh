#!/usr/bin/env bash
# The whole system on this machine as separate processes, without Docker. See --help.
set -euo pipefail
invoked_from="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh
source jobs/lib/flink-dist.sh
source jobs/lib/cluster.sh

# from_there PATH: as it is meant where the person stands.
from_there() {
  [[ "$1" == /* || "$1" =~ ^[a-z][a-z0-9+.-]*: ]] && echo "$1" || echo "$invoked_from/$1"
}

CLUSTER_DIR="$(from_there "${CLUSTER_DIR:-$PWD/target/cluster}")"

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
  cancel      ends the job without a savepoint, and waits until it has ended
  status      each process, the job and its newest step
  restart NAME
              starts a process of this cluster that has ended, such as taskmanager-1
  stop [--delete]
              ends everything; --delete also drops topics, checkpoints, snapshots and logs

Options of the job (-Dname=value) are those of src/docs/options.md. In the environment:
  CLUSTER_DIR  logs, process ids and all data (default: target/cluster of the project)
  PORT_BASE    first of the 40 ports it takes (default: from 18080 on, the first free ones)
EOF
}

require_cluster() {
  require_java
  [[ -f "$CLUSTER_DIR/ports" ]] || fail "no cluster runs in $CLUSTER_DIR; jobs/cluster.sh start starts one"
  choose_ports
  flink_environment
}

# job_options ARGUMENT...: the arguments of a command that takes nothing but options of the job.
job_options() {
  local argument
  for argument in "$@"; do
    [[ "$argument" == -D?*=* ]] || wrong "$command takes -Dname=value, but was given $argument"
  done
}

# take_video VALUE: [NAME=]FILE_OR_URL of the gateway's --camera; a file as it is meant where the person stands.
take_video() {
  local name='' where="$1"
  if [[ ! "$where" =~ ^[a-z][a-z0-9+.-]*: && ! -e "$(from_there "$where")" && "$where" == *=* ]]; then
    name="${where%%=*}="
    where="${where#*=}"
  fi
  where="$(from_there "$where")"
  [[ "$where" != /* || -e "$where" ]] || wrong "--video $1: there is no such file"
  videos+=(--camera "$name$where")
}

start() {
  local taskmanagers=1 cameras=4 fps=5 options=() videos=() value
  while (($# > 0)); do
    case "$1" in
      --taskmanagers) take_integer taskmanagers "$1" 1 20 "${2:-}" ;;
      --cameras) take_integer cameras "$1" 0 9999 "${2:-}" ;;
      --video)
        take_value value "$1" "${2:-}"
        take_video "$value"
        ;;
      --fps) take_rate fps "$1" "${2:-}" ;;
      *)
        job_options "$1"
        options+=("$1")
        shift
        continue
        ;;
    esac
    shift 2
  done
  local name pid
  for name in $(process_names); do
    ! pid="$(pid_of "$name")" || fail "the cluster in $CLUSTER_DIR runs already ($name is process $pid); jobs/cluster.sh stop ends it"
    rm -f "$CLUSTER_DIR/$name.pid"
  done
  require_java
  build_if_needed
  lay_out_flink
  check_job "${options[@]}"
  trap 'stop_cluster; echo "start failed; the logs are in $CLUSTER_DIR" >&2' ERR EXIT
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

submit_command() {
  local from=() id path
  if [[ "${1:-}" == --from ]]; then
    take_value path "$1" "${2:-}"
    from=(--fromSavepoint "$(from_there "$path")")
    shift 2
  fi
  job_options "$@"
  require_cluster
  check_job "$@"
  if id="$(running_job)"; then
    [[ "$(job_state)" =~ ^(CANCELLING|FAILING)$ ]] && await_end "$id" 120 || fail "job $id runs already; upgrade or cancel it"
  fi
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
  require_cluster
  id="$(job_or_fail)"
  output="$(client "the savepoint" savepoint "$id")"
  echo "Savepoint: $(savepoint_of "$output")"
}

upgrade() {
  local id output path
  job_options "$@"
  require_cluster
  check_job "$@"
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
  require_cluster
  id="$(job_or_fail)"
  cancel_job "$id" >"$CLUSTER_DIR/client.log" 2>&1 || fail "the job $id has not been cancelled: $CLUSTER_DIR/client.log"
  echo "Cancelled: $id"
}

restart() {
  local number
  take_value number restart "${1:-}"
  (($# == 1)) || wrong "restart takes the name of one process, but was given $2 as well"
  case "$1" in
    kafka | zookeeper | jobmanager | prometheus) ;;
    taskmanager-*) take_integer number "the TaskManager's number" 1 20 "${1#taskmanager-}" ;;
    *) wrong "restart does not know $1; it knows kafka, zookeeper, jobmanager, taskmanager-N and prometheus" ;;
  esac
  require_cluster
  ! pid_of "$1" >/dev/null || fail "$1 runs already"
  case "$1" in
    kafka) build_if_needed && start_kafka ;;
    zookeeper) start_zookeeper ;;
    jobmanager) start_jobmanager ;;
    taskmanager-*) start_taskmanager "$number" ;;
    prometheus) start_prometheus "$(process_names | grep -c ^taskmanager-)" ;;
  esac
}

status() {
  local name pid id state
  require_cluster
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
  [[ -z "${1:-}" || "$1" == --delete ]] || wrong "stop takes --delete, but was given $1"
  (($# < 2)) || wrong "stop takes nothing after --delete, but was given $2"
  # A mistyped CLUSTER_DIR must not cost a directory of something else.
  [[ -z "${1:-}" || ! -e "$CLUSTER_DIR" || -f "$CLUSTER_DIR/conf/config.yaml" ]] ||
    fail "$CLUSTER_DIR holds no cluster and is not deleted"
  stop_cluster
  rm -f "$CLUSTER_DIR/ports"
  [[ "${1:-}" != --delete ]] || rm -rf "${CLUSTER_DIR:?}"
}

# nothing_after ARGUMENT...: for a command that takes none.
nothing_after() {
  (($# == 0)) || wrong "$command takes no argument, but was given $1"
}

command="${1:-}"
(($# == 0)) || shift
for argument in "$@"; do
  [[ "$argument" != --help && "$argument" != -h ]] || command=--help
done
case "$command" in
  start | upgrade | restart | stop) "$command" "$@" ;;
  submit) submit_command "$@" ;;
  savepoint | cancel | status)
    nothing_after "$@"
    "$command"
    ;;
  -h | --help) usage ;;
  "") usage >&2 && exit 2 ;;
  *) wrong "there is no command $command" ;;
esac
