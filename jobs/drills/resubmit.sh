#!/usr/bin/env bash
# Submits and cancels the job ten times in one TaskManager: its native libraries work each time, and
# the process's memory does not grow.
DRILL_FRAMES="${DRILL_FRAMES:-1000}"
source "$(dirname "${BASH_SOURCE[0]}")/../lib/drill.sh"
TIMES="${DRILL_TIMES:-10}"

# After a garbage collection, which removes the class loaders of ended jobs.
metaspace_mb() {
  "${JAVA%/java}/jcmd" "$1" GC.run >/dev/null
  sleep 1
  "${JAVA%/java}/jcmd" "$1" GC.run >/dev/null
  curl -fs "http://127.0.0.1:$TASKMANAGER_METRICS_PORT/metrics" | megabytes flink_taskmanager_Status_JVM_Memory_Metaspace_Used
}

begin_drill 1 frames frames.rejected embeddings training.again
[[ -x "${JAVA%/java}/jcmd" ]] || fail "a JDK is needed: there is no ${JAVA%/java}/jcmd"
publish_frames
pid="$(pid_of taskmanager-1)"
for ((n = 1; n <= TIMES; n++)); do
  submit_run again
  await_step 10
  id="$(running_job)"
  cancel_job "$id" >>"$CLUSTER_DIR/submit.log" 2>&1 || fail "the job was not cancelled"
  sleep 2
  metaspace="$(metaspace_mb "$pid")"
  resident="$(resident_mb taskmanager-1)"
  say "$n: metaspace $metaspace MB, resident $resident MB"
  # The first two jobs fill caches, pools and the heap.
  if ((n == 3)); then
    metaspace_before="$metaspace"
    resident_before="$resident"
  fi
done
assert_equal "TaskManager process" "$pid" "$(pid_of taskmanager-1)"
# A leaked class loader takes about 10 MB of metaspace, seven take 70 MB.
assert_below "metaspace after job $TIMES (MB), $metaspace_before after job 3" $((metaspace_before + 20)) "$metaspace"
assert_below "resident memory after job $TIMES (MB), $resident_before after job 3" $((resident_before + resident_before / 5 + 100)) "$resident"
say passed
