#!/usr/bin/env bash
# Size and duration of a checkpoint of the default encoder (resnet-s, width 32, frames of 32 x 32) with
# a full replay memory of 20,000 groups (DRILL_GROUPS), while it trains as fast as it can.
DRILL_GROUPS="${DRILL_GROUPS:-20000}"
# Two to three frames per group with the narrow window below, and more for training with a full memory.
DRILL_FRAMES="${DRILL_FRAMES:-$((DRILL_GROUPS * 7 / 8))}"
source "$(dirname "${BASH_SOURCE[0]}")/../lib/drill.sh"
OPTIONS=(
  -Dmemory.capacity="$DRILL_GROUPS" "-Dcheckpoint.interval=10 s" -Dsnapshot.interval-steps=1000
  "-Dpairing.max-gap=400 ms" -Dbatch.fresh-groups=64 -Dembeddings.max-rate=0.5 "${MORE[@]}"
)
SAMPLES="${DRILL_SAMPLES:-5}"

begin_drill 1 frames frames.rejected embeddings training.checkpoint
publish_frames
submit_run checkpoint
await_step 1 120
begin="$(now_millis)"
until LC_ALL=C awk -v fill="$(learner_metric memory_fill)" 'BEGIN { exit !(fill >= 1) }'; do
  (($(now_millis) - begin < 900000)) || fail "memory is not full after 900 s"
  sleep 1
done
say "memory of $DRILL_GROUPS groups full after $(seconds_since "$begin") s, at step $(step)"
# A running checkpoint may have begun before.
await_checkpoints 1
failed="$(jobmanager_metric numberOfFailedCheckpoints)"
for ((n = 1; n <= SAMPLES; n++)); do
  await_checkpoints 1
  say "checkpoint: $(($(jobmanager_metric lastCheckpointFullSize) / 1000000)) MB in $(jobmanager_metric lastCheckpointDuration) ms, at step $(step), $(topics lag checkpoint frames) frames unread"
done
assert_equal "failed checkpoints since memory is full" 0 $(($(jobmanager_metric numberOfFailedCheckpoints) - failed))
say passed
