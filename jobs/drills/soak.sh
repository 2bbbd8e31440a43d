#!/usr/bin/env bash
# Trains for an hour (DRILL_MINUTES) with more frames than the learner can process: memory does not
# grow, no checkpoint fails or gets slower, nothing restarts, and no log has an error. One sample
# per minute is written to target/drills/soak/samples.csv.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/drill.sh"
MINUTES="${DRILL_MINUTES:-60}"

# sample MINUTE: one line of the table.
sample() {
  local id metrics
  id="$(running_job)" || fail "the job is $(job_state)"
  metrics="$(curl -fs "http://127.0.0.1:$TASKMANAGER_METRICS_PORT/metrics")" || fail "the TaskManager shows no metrics"
  printf '%s,%s,%s,%s,%s,%s,%s,%s,%s\n' "$1" "$(step)" "$(resident_mb taskmanager-1)" "$(resident_mb jobmanager)" \
    "$(megabytes flink_taskmanager_Status_JVM_Memory_Heap_Used <<<"$metrics")" \
    "$(megabytes flink_taskmanager_Status_JVM_Memory_Metaspace_Used <<<"$metrics")" \
    "$(megabytes flink_taskmanager_job_task_operator_learner_native_bytes <<<"$metrics")" \
    "$(jobmanager_metric lastCheckpointDuration)" "$(jobmanager_metric lastCheckpointSize)"
}

# mean COLUMN FROM TO: over the samples of these minutes.
mean() {
  LC_ALL=C awk -F, -v column="$1" -v from="$2" -v to="$3" \
    'NR > 1 && $1 >= from && $1 <= to { sum += $column; n++ } END { printf "%.0f", n ? sum / n : 0 }' "$table"
}

[[ "$MINUTES" =~ ^[0-9]+$ && "$MINUTES" -ge 4 ]] || fail "DRILL_MINUTES must be at least 4, but is $MINUTES"
begin_drill 1 frames:4 frames.rejected embeddings training.soak
table="$CLUSTER_DIR/samples.csv"
echo "minute,step,taskmanager_resident_mb,jobmanager_resident_mb,heap_used_mb,metaspace_mb,native_mb,checkpoint_ms,checkpoint_bytes" >"$table"
start_gateway gateway 0 --simulate 4 --fps "${DRILL_FPS:-20}" --realtime
submit_run soak "-Dcheckpoint.interval=30 s" -Dmemory.capacity=5000
await_step 1 600
await_checkpoints 1
# A checkpoint may be triggered before all tasks run.
failed_before="$(jobmanager_metric numberOfFailedCheckpoints)"
begin=$SECONDS
for ((minute = 1; minute <= MINUTES; minute++)); do
  while ((SECONDS - begin < minute * 60)); do sleep 1; done
  sample "$minute" >>"$table"
done

# The first quarter fills the replay memory, the heap and the allocator.
quarter=$((MINUTES / 4))
before="$(mean 3 $((quarter + 1)) $((2 * quarter)))"
after="$(mean 3 $((MINUTES - quarter + 1)) "$MINUTES")"
duration_before="$(mean 8 $((quarter + 1)) $((2 * quarter)))"
duration_after="$(mean 8 $((MINUTES - quarter + 1)) "$MINUTES")"
say "$MINUTES minutes, $(step) steps, $(topics records frames) frames published, $(topics lag soak frames) of them unread"
say "TaskManager resident $before MB in the second quarter, $after MB in the last; native $(mean 7 $((quarter + 1)) $((2 * quarter))) and $(mean 7 $((MINUTES - quarter + 1)) "$MINUTES") MB"
say "metaspace $(mean 6 $((quarter + 1)) $((2 * quarter))) and $(mean 6 $((MINUTES - quarter + 1)) "$MINUTES") MB, JobManager $(mean 4 $((quarter + 1)) $((2 * quarter))) and $(mean 4 $((MINUTES - quarter + 1)) "$MINUTES") MB"
say "checkpoints: $(jobmanager_metric numberOfCompletedCheckpoints) complete, $(jobmanager_metric numberOfFailedCheckpoints) failed ($failed_before of them before the first); mean duration $duration_before and $duration_after ms"
errors="$(cat "$CLUSTER_DIR"/{jobmanager,taskmanager-1,gateway}.log | grep -c ' ERROR ' || true)"
say "errors in the logs: $errors"
assert_equal "failed checkpoints" "$failed_before" "$(jobmanager_metric numberOfFailedCheckpoints)"
assert_equal "restarts" 0 "$(jobmanager_metric numRestarts)"
assert_equal "errors in the logs" 0 "$errors"
assert_below "resident memory in the last quarter (MB), $before in the second" $((before + before / 20 + 50)) "$after"
assert_below "duration of a checkpoint in the last quarter (ms), $duration_before in the second" $((3 * duration_before + 1000)) "$duration_after"
say passed
