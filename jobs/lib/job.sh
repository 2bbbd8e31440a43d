# shellcheck shell=bash
# Sourced by jobs/lib/cluster.sh: submits the job to a cluster, and queries its state.

# Extracts fields of Flink's flat JSON without an external parser.
json_number() { sed -n "s/.*\"$1\":\([0-9-]*\).*/\1/p"; }
json_text() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# Prints "ID STATE" of the newest job, or nothing.
newest_job() {
  curl -fs "$REST/jobs/overview" | sed 's/.*"jobs":\[//; s/},{"jid"/}\n{"jid"/g' |
    sed -n 's/.*"jid":"\([0-9a-f]*\)".*"start-time":\([0-9]*\).*"state":"\([A-Z]*\)".*/\2 \1 \3/p; s/.*"jid":"\([0-9a-f]*\)".*"state":"\([A-Z]*\)".*"start-time":\([0-9]*\).*/\3 \1 \2/p' |
    sort -n | tail -n 1 | cut -d' ' -f2-
}

# Prints the id of the job that has not ended.
running_job() {
  local id state
  read -r id state < <(newest_job) || return 1
  case "$state" in
    FINISHED | FAILED | CANCELED | "") return 1 ;;
    *) echo "$id" ;;
  esac
}

job_state() {
  newest_job | cut -d' ' -f2
}

# flink COMMAND...: Flink's client.
flink() {
  "$JAVA" -Xmx256m -XX:TieredStopAtLevel=1 "${FLINK_JVM[@]}" "-Dlog4j.configurationFile=$FLINK_CONF_DIR/log4j-cli.properties" \
    org.apache.flink.client.cli.CliFrontend "$@"
}

# check_job ARGUMENT OF THE JOB...: checks the options before anything is started or stopped; on
# errors, lists them and exits with 2.
check_job() {
  # The JVM that runs the check logs nothing.
  "$JAVA" -XX:TieredStopAtLevel=1 -cp "$FLINK_HOME/lib/*:$FLINK_HOME/usrlib/afterimage-job.jar" \
    io.afterimage.cli.AfterimageJob --check --config "$FLINK_HOME/usrlib/afterimage.yaml" \
    -Dkafka.bootstrap-servers=127.0.0.1:1 "$@" >&2 || exit $?
}

# cancel_job ID: cancels a job and waits for its end.
cancel_job() {
  flink cancel "$1" || return 1
  await_end "$1" 120
}

# await_end ID SECONDS
await_end() {
  local deadline=$((SECONDS + $2)) state
  until state="$(curl -fs "$REST/jobs/$1/status" | json_text status)" && [[ "$state" =~ ^(CANCELED|FINISHED|FAILED)$ ]]; do
    ((SECONDS < deadline)) || {
      echo "the job $1 is ${state:-not known} after $2 s" >&2
      return 1
    }
    sleep 0.2
  done
}

# submit [ARGUMENT OF FLINK... --] ARGUMENT OF THE JOB...
submit() {
  local client=()
  while [[ "${1:-}" != -- && $# -gt 0 ]]; do
    client+=("$1")
    shift
  done
  shift
  flink run --detached "${client[@]}" "$FLINK_HOME/usrlib/afterimage-job.jar" --config "$FLINK_HOME/usrlib/afterimage.yaml" \
    -Dkafka.bootstrap-servers="$BOOTSTRAP_SERVERS" \
    -Dcheckpoint.directory="file://$CLUSTER_DIR/state/checkpoints" \
    -Dsnapshot.directory="file://$CLUSTER_DIR/snapshots" "$@"
}

# Prints one metric of the learner from the TaskManagers; nothing if it is missing.
learner_metric() {
  local port
  for ((port = TASKMANAGER_METRICS_PORT; port < TASKMANAGER_METRICS_PORT + 10; port++)); do
    port_taken "$port" || continue
    curl -fs "http://127.0.0.1:$port/metrics" |
      sed -n "s/^flink_taskmanager_job_task_operator_learner_$1{.*} \(.*\)/\1/p" | grep -v NaN || true
  done | tail -n 1
}

# The number of the newest step, 0 before the first.
step() {
  local value
  value="$(learner_metric step)"
  value="${value:-0}"
  LC_ALL=C printf '%.0f\n' "$value"
}
