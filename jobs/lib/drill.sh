# shellcheck shell=bash
# Sourced by the drills: their common functions, and a separate cluster in target/drills/NAME.
# shellcheck disable=SC2034 # used by what is sourced
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/arguments.sh"
no_arguments "$@"
DRILL="$(basename "$0" .sh)"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
CLUSTER_DIR="$PWD/target/drills/$DRILL"
source jobs/lib/java.sh
source jobs/lib/flink-dist.sh
source jobs/lib/cluster.sh

# A small learner keeps drills within minutes; their results do not depend on its size.
# DRILL_OPTIONS, options of the job, come last and win.
SMALL=(
  -Dencoder.width=8 -Dencoder.embedding-size=32 -Dbatch.groups=16 -Dbatch.fresh-groups=4
  -Dmemory.capacity=500 -Doptimizer.warmup-steps=20 "-Dcheckpoint.interval=3 s"
  -Dsnapshot.interval-steps=100
)
read -ra MORE <<<"${DRILL_OPTIONS:-}"
OPTIONS=("${SMALL[@]}" "${MORE[@]}")
# Frames of each of the four cameras in the topic.
FRAMES="${DRILL_FRAMES:-2000}"

begin_drill() {
  if [[ -d "$CLUSTER_DIR" ]]; then
    stop_cluster
    rm -rf "$CLUSTER_DIR"
  fi
  trap 'end_drill' EXIT
  set -E
  trap 'echo "drill $DRILL: line $LINENO: failed: $BASH_COMMAND" >&2' ERR
  trap 'exit 130' INT TERM
  start_cluster "$@"
}

end_drill() {
  local code=$?
  stop_cluster
  case "$code" in
    0) ;;
    130) echo "drill $DRILL was interrupted" >&2 ;;
    *) echo "drill $DRILL FAILED; the logs are in $CLUSTER_DIR" >&2 ;;
  esac
}

# assert_equal WHAT EXPECTED FOUND
assert_equal() {
  [[ "$2" == "$3" ]] || fail "$1 must be $2, but was $3"
}

# assert_below WHAT LIMIT FOUND, integers
assert_below() {
  (($3 < $2)) || fail "$1 must be below $2, but was $3"
}

say() {
  echo "$DRILL: $*"
}

# Fills the topic of frames from simulated cameras, before any job starts.
publish_frames() {
  start_gateway gateway 0 --simulate 4 --frames "$FRAMES" --fps 5
  local pid
  pid="$(pid_of gateway)"
  wait_gone "$pid" 600 || fail "the gateway did not end within 600 s"
  rm "$CLUSTER_DIR/gateway.pid"
  assert_equal "records in the topic" $((4 * FRAMES)) "$(topics records frames)"
}

# submit_run NAME OPTION...: submits a job over the whole topic, with separate reports and
# snapshots; from the savepoint FROM if that is set.
submit_run() {
  local name="$1"
  shift
  submit ${FROM:+--fromSavepoint "$FROM"} -- "${OPTIONS[@]}" -Dkafka.start=earliest -Dkafka.group-id="$name" \
    -Dkafka.topic.training="training.$name" -Dsnapshot.directory="file://$CLUSTER_DIR/snapshots.$name" "$@" \
    >>"$CLUSTER_DIR/submit.log" 2>&1 || {
    tail -n 5 "$CLUSTER_DIR/submit.log" >&2
    fail "the job was not submitted: $CLUSTER_DIR/submit.log"
  }
}

# stop_with_savepoint: stops the job and sets FROM to its savepoint.
stop_with_savepoint() {
  local output
  output="$(flink stop "$(running_job)" 2>&1)" || fail "the job did not stop with a savepoint: $output"
  FROM="$(sed -n 's/.*Savepoint completed. Path: //p' <<<"$output")"
  [[ -n "$FROM" ]] || fail "Flink reported no savepoint: $output"
}

# finish_run NAME: waits until the job has read the whole topic, then stops it with --drain.
# kafka.bounded is no alternative, because a restored bounded Kafka source never ends (FLINK-31006).
finish_run() {
  local deadline=$((SECONDS + 1800)) state
  until [[ "$(topics lag "$1" frames)" == 0 ]]; do
    state="$(job_state || true)"
    case "$state" in
      FINISHED | FAILED | CANCELED) fail "the job has $state; see $CLUSTER_DIR/jobmanager.log" ;;
    esac
    ((SECONDS < deadline)) || fail "the topic was not read in 1800 s; the job is $state at step $(step)"
    sleep 1
  done
  flink stop --drain "$(running_job)" >>"$CLUSTER_DIR/submit.log" 2>&1 || fail "the job did not stop: $CLUSTER_DIR/submit.log"
}

# await_step N [SECONDS]
await_step() {
  local deadline=$((SECONDS + ${2:-120}))
  # Not in (( )), since an interrupted command leaves no number.
  until [[ "$(step)" -ge "$1" ]]; do
    ((SECONDS < deadline)) || fail "step $1 was not reached in ${2:-120} s: $(job_state), step $(step)"
    sleep 0.1
  done
}

# Prints the number of complete checkpoints of the newest job.
checkpoints() {
  local id
  read -r id _ < <(newest_job) && curl -fs "$REST/jobs/$id/checkpoints" | json_counts_completed
}

json_counts_completed() { sed -n 's/.*"counts":{[^}]*"completed":\([0-9]*\).*/\1/p'; }

# await_checkpoints N: waits until N more are complete.
await_checkpoints() {
  local before
  before="$(checkpoints)"
  local deadline=$((SECONDS + 120))
  until [[ "$(checkpoints)" -ge $((before + $1)) ]]; do
    ((SECONDS < deadline)) || fail "no checkpoint in 120 s"
    sleep 0.2
  done
}

# Sets the summary of a run's reports as variables NAME_reports, NAME_steps, ... (see topics reports).
read_reports() {
  local line
  topics reports "training.$1" >"$CLUSTER_DIR/reports.$1" || fail "the reports of $1 cannot be read"
  while read -r line; do
    declare -g "$1_$line"
  done <"$CLUSTER_DIR/reports.$1"
}

# newest_weights NAME: the weights file of the newest snapshot of a run.
newest_weights() {
  echo "$CLUSTER_DIR/snapshots.$1/$(cat "$CLUSTER_DIR/snapshots.$1/latest")/encoder.afim"
}

# resident_mb NAME: physical memory of a process.
resident_mb() {
  echo $(($(ps -o rss= -p "$(pid_of "$1")") / 1024))
}

# megabytes METRIC <metrics: the value of a metric in MB, rounded.
megabytes() {
  LC_ALL=C awk -v metric="$1" 'index($0, metric "{") == 1 { value = $NF } END { printf "%.0f\n", value / 1048576 }'
}

# jobmanager_metric NAME: one metric of the newest job, as an integer.
jobmanager_metric() {
  curl -fs "http://127.0.0.1:$JOBMANAGER_METRICS_PORT/metrics" |
    LC_ALL=C awk -v metric="flink_jobmanager_job_$1{" 'index($0, metric) == 1 { value = $NF } END { printf "%.0f\n", value }'
}

# watch_alerts: starts a Prometheus with the project's rules, but shortened times: alerts fire 10 s
# after their condition, and a checkpoint is old after one minute instead of ten. The rules' own
# tests check the real times.
watch_alerts() {
  command -v prometheus >/dev/null || fail "this drill watches alerts: Prometheus is needed (Debian: apt-get install prometheus)"
  configure_prometheus 1
  sed -i -E 's/^( *for: ).*/\110s/; s/(checkpoint_age_seconds >) 600$/\1 60/' "$CLUSTER_DIR/prometheus-conf/rules/alerts.yml"
  run_prometheus
}

# prometheus_value QUERY: the first value of the result, or nothing.
prometheus_value() {
  curl -fsG "$PROMETHEUS/api/v1/query" --data-urlencode "query=$1" |
    sed -n 's/.*"value":\[[^,]*,"\([^"]*\)"\].*/\1/p'
}

# await_alert NAME SECONDS [LABELS]: waits until it fires. LABELS as in camera="gate-3".
await_alert() {
  local query="count(ALERTS{alertname=\"$1\",alertstate=\"firing\"${3:+,$3}})" deadline=$((SECONDS + $2))
  until [[ -n "$(prometheus_value "$query")" ]]; do
    ((SECONDS < deadline)) || fail "the alert $1 does not fire after $2 s"
    sleep 1
  done
  say "the alert $1${3:+ ($3)} fires"
}

# await_no_alert NAME SECONDS [LABELS]: waits until it no longer fires.
await_no_alert() {
  local query="count(ALERTS{alertname=\"$1\",alertstate=\"firing\"${3:+,$3}})" deadline=$((SECONDS + $2))
  while [[ -n "$(prometheus_value "$query")" ]]; do
    ((SECONDS < deadline)) || fail "the alert $1 still fires after $2 s"
    sleep 1
  done
}

now_millis() {
  echo $(($(date +%s%N) / 1000000))
}

# The seconds since a time of now_millis.
seconds_since() {
  LC_ALL=C awk -v begin="$1" -v end="$(now_millis)" 'BEGIN { printf "%.1f", (end - begin) / 1000 }'
}

# disturbed_against_undisturbed TIMES FUNCTION: compares an undisturbed run over the topic with one
# during which the function is called TIMES times, each after a new checkpoint. Reports and weights
# must be the same. The function prints the duration of the interruption.
disturbed_against_undisturbed() {
  local times="$1" disturb="$2" n at stood last
  begin_drill 1 frames frames.rejected embeddings training.undisturbed training.disturbed
  publish_frames
  submit_run undisturbed
  finish_run undisturbed
  read_reports undisturbed
  say "undisturbed: $undisturbed_steps steps over $undisturbed_frames frames"
  assert_equal "reports of the undisturbed run" "$undisturbed_steps" "$undisturbed_reports"

  submit_run disturbed
  await_step 20
  for ((n = 1; n <= times; n++)); do
    await_checkpoints 1
    sleep 1
    at="$(step)"
    last="$(job_state)"
    assert_equal "state of the job before disturbance $n" RUNNING "$last"
    stood="$("$disturb" "$at")"
    say "disturbance $n at step $at: the first new step after $stood s"
  done
  finish_run disturbed
  read_reports disturbed
  say "disturbed: $disturbed_steps steps over $disturbed_frames frames, $disturbed_repeated reported again"
  assert_below "the last step before a disturbance" "$disturbed_last" "$at"
  assert_equal "gaps in the reports" 0 "$disturbed_gaps"
  assert_equal "steps that were reported again with another content" 0 "$disturbed_contradictions"
  assert_equal "steps at which a count went back" 0 "$disturbed_backward"
  assert_equal "steps" "$undisturbed_steps" "$disturbed_steps"
  assert_equal "frames, each counted once" "$undisturbed_frames" "$disturbed_frames"
  assert_equal "groups, each counted once" "$undisturbed_groups" "$disturbed_groups"
  cmp "$(newest_weights undisturbed)" "$(newest_weights disturbed)" || fail "the weights differ"
  say "weights equal to the bit: $(cat "$CLUSTER_DIR/snapshots.disturbed/latest")"
  say passed
}
