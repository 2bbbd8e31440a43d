#!/usr/bin/env bash
# Kills the JobManager during training. The new one finds the job in ZooKeeper and continues from
# its last checkpoint.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/drill.sh"

kill_jobmanager() {
  local begin
  begin="$(now_millis)"
  kill_process jobmanager
  start_jobmanager
  # The old tasks end when they detect the new JobManager; the new tasks count steps from 1.
  await_new_attempt >&2
  seconds_since "$begin"
}

await_new_attempt() {
  local deadline=$((SECONDS + 180)) steps before=1000000000
  while ((SECONDS < deadline)); do
    steps="$(learner_metric steps_total)"
    steps="$(LC_ALL=C printf '%.0f' "${steps:-0}")"
    ((steps == 0 || steps >= before)) || return 0
    ((steps == 0)) || before="$steps"
    sleep 0.1
  done
  fail "no new step in 180 s"
}

disturbed_against_undisturbed 1 kill_jobmanager
