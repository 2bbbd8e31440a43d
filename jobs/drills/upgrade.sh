#!/usr/bin/env bash
# Stops the job with a savepoint and restarts it from there with half the learning rate: steps and
# weights continue. Then an impossible upgrade, to another encoder, is rejected before the first
# step.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/drill.sh"

begin_drill 1 frames frames.rejected embeddings training.upgrade
publish_frames
submit_run upgrade
await_step 40
stop_with_savepoint
read_reports upgrade
stopped_at="$upgrade_last"
rate_before="$upgrade_rate"
begin="$(now_millis)"

submit_run upgrade -Doptimizer.learning-rate=0.0005
await_step $((stopped_at + 1))
say "from savepoint to the first new step: $(seconds_since "$begin") s; savepoint of $(du -sm "${FROM#file:}" | cut -f1) MB"
await_step $((stopped_at + 30))
cancel_job "$(running_job)" >>"$CLUSTER_DIR/submit.log" 2>&1
read_reports upgrade
say "stopped after step $stopped_at, went on to step $upgrade_last; learning rate $rate_before, from step $upgrade_rate_since $upgrade_rate"
assert_equal "gaps in the reports" 0 "$upgrade_gaps"
assert_equal "steps that were reported again" 0 "$upgrade_repeated"
assert_equal "steps at which a count went back" 0 "$upgrade_backward"
assert_equal "first step with the new learning rate" $((stopped_at + 1)) "$upgrade_rate_since"
assert_equal "learning rate" 5.0E-4 "$upgrade_rate"

submit_run upgrade -Dencoder.width=16
for ((n = 0; n < 300; n++)); do
  [[ "$(job_state)" != FAILED ]] || break
  sleep 0.2
done
assert_equal "state of the job with another encoder" FAILED "$(job_state)"
message="$(curl -fs "$REST/jobs/$(newest_job | cut -d' ' -f1)/exceptions" | grep -o 'encoder[^\\]*width[^\\]*' | head -n 1)"
[[ -n "$message" ]] || fail "the job did not report that encoder.width does not match"
say "another encoder is refused: $message"
say passed
