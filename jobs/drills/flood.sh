#!/usr/bin/env bash
# One camera of six sends at a hundred times its rate, another sends garbage, another goes silent:
# the others' share of training and their latency do not change, garbage becomes dead letters with a
# reason, and the alerts fire. Then the same flood without frame.max-rate: excess frames wait in
# Kafka and not on the heap. Needs Prometheus.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/drill.sh"
FPS=5
PARTITIONS=4
# steady-4 shares the flood's partition, steady-1 and steady-2 that of the garbage.
OTHERS=(steady-1 steady-2 steady-3 steady-4)
GARBAGE_RATE=20
SECONDS_BEFORE="${DRILL_SECONDS_BEFORE:-60}"
SECONDS_FLOODED="${DRILL_SECONDS_FLOODED:-80}"

# heap_mb: the TaskManager's heap after a garbage collection.
heap_mb() {
  "${JAVA%/java}/jcmd" "$(pid_of taskmanager-1)" GC.run >/dev/null
  sleep 1
  curl -fs "http://127.0.0.1:$TASKMANAGER_METRICS_PORT/metrics" | megabytes flink_taskmanager_Status_JVM_Memory_Heap_Used
}

# mean METRIC SECONDS: its mean over the last SECONDS.
mean() {
  LC_ALL=C printf '%.2f\n' "$(prometheus_value "avg_over_time(flink_taskmanager_job_task_operator_$1[$2s])")"
}

# latency PHASE CAMERA: sets embedded, median and p99 (ms).
latency() {
  read -r embedded median p99 < <(sed -n "s/^$2 //p" "$CLUSTER_DIR/latency.$1") || fail "no frame of $2 was embedded: $CLUSTER_DIR/latency.$1"
}

# The number of unread frames.
lag() {
  local value
  value="$(prometheus_value 'afterimage:lag_records')"
  LC_ALL=C printf '%.0f\n' "${value:-0}"
}

await_lag_below() {
  local deadline=$((SECONDS + $2))
  until [[ "$(lag)" -lt "$1" ]]; do
    ((SECONDS < deadline)) || fail "$(lag) frames are unread after $2 s"
    sleep 1
  done
}

# measure PHASE SECONDS: takes measurements during the next SECONDS.
declare -A share heap unread
measure() {
  local begin end
  begin="$(now_millis)"
  sleep "$2"
  end="$(now_millis)"
  sleep 3
  unread[$1]="$(lag)"
  share[$1]="$(mean learner_largest_camera_share "$2")"
  heap[$1]="$(heap_mb)"
  topics latency embeddings "$begin" "$end" >"$CLUSTER_DIR/latency.$1"
}

# With few groups in a mini-batch, the largest share usually exceeds 1 / cameras.
assert_share() {
  LC_ALL=C awk -v before="${share[before]}" -v now="${share[$1]}" 'BEGIN { exit !(now < before + 0.1) }' ||
    fail "the largest share of one camera was ${share[before]}, but is ${share[$1]} when one floods"
}

# Capture time is the time of arrival in Kafka: the latency is that of the job alone.
begin_drill 1 "frames:$PARTITIONS:message.timestamp.type=LogAppendTime" frames.rejected embeddings:1:message.timestamp.type=LogAppendTime training.flood film
[[ -x "${JAVA%/java}/jcmd" ]] || fail "a JDK is needed: there is no ${JAVA%/java}/jcmd"
watch_alerts
# The camera that goes silent plays a film that ends.
start_gateway film 0 --topic film --simulate film=1 --frames $((25 * (SECONDS_BEFORE + 40))) --fps 25
wait_gone "$(pid_of film)" 120 || fail "the film was not made in 120 s"
rm "$CLUSTER_DIR/film.pid"
topics pictures film "$CLUSTER_DIR/film.mjpeg"

OPTIONS+=(-Dencoder.width=32 -Dencoder.embedding-size=128 "-Dcheckpoint.interval=10 s")
submit_run flood
start_gateway gateway "$GATEWAY_METRICS_PORT" --simulate steady=4 --camera "silent=$CLUSTER_DIR/film.mjpeg" --fps "$FPS" --realtime
start_gateway flood 0 --simulate flood=1 --seed 2 --fps "$FPS" --realtime
await_step 3 300
sleep 10
measure before "$SECONDS_BEFORE"
for alert in CameraSilent DeadLetters ConsumerLag; do
  await_no_alert "$alert" 0
done

stop_process flood
start_gateway flood 0 --simulate flood=1 --seed 2 --fps $((100 * FPS)) --realtime
start_process garbage "$JAVA" -Xmx128m -XX:+UseSerialGC -cp "$CLASS_PATH" io.afterimage.cli.topics.TopicsMain "$BOOTSTRAP_SERVERS" \
  garbage frames broken "$GARBAGE_RATE" "$SECONDS_FLOODED"
garbage="$(pid_of garbage)"
sleep 15
measure flooded $((SECONDS_FLOODED - 15))
await_alert DeadLetters 60
wait_gone "$garbage" 60 || fail "the garbage was not sent in time"
rm "$CLUSTER_DIR/garbage.pid"
await_lag_below 200 60
topics reasons frames.rejected >"$CLUSTER_DIR/reasons"
say "dead letters by reason and camera: $(tr '\n' ',' <"$CLUSTER_DIR/reasons")"
assert_equal "dead letters" "undecodable broken $((GARBAGE_RATE * SECONDS_FLOODED))" "$(cat "$CLUSTER_DIR/reasons")"
for camera in "${OTHERS[@]}"; do
  latency before "$camera"
  limit=$((2 * median + 500))
  line="$camera: from frame to embedding $median ms in the median, 99 % within $p99 ms;"
  latency flooded "$camera"
  say "$line flooded $median and $p99 ms"
  assert_below "latency of $camera while another camera floods (ms)" "$limit" "$median"
  assert_below "frames of $camera that are missing" $((FPS * (SECONDS_FLOODED - 15) / 20)) $((FPS * (SECONDS_FLOODED - 15) - embedded))
done
say "largest share of one camera in a mini-batch, mean: ${share[before]}, flooded ${share[flooded]}"
assert_share flooded

# Without the limit, excess frames must wait in Kafka.
stop_with_savepoint
submit_run flood -Dframe.max-rate=0
await_step 3 120
sleep 10
measure unlimited "$SECONDS_FLOODED"
await_alert ConsumerLag 120
await_alert CameraSilent 180 'camera="silent"'
for camera in "${OTHERS[@]}" flood-1; do
  latency unlimited "$camera"
  say "$camera: without frame.max-rate $median and $p99 ms"
done
say "frames unread: ${unread[before]}, flooded ${unread[flooded]}, without frame.max-rate ${unread[unlimited]}"
say "heap after a collection: ${heap[before]}, ${heap[flooded]} and ${heap[unlimited]} MB"
say "largest share of one camera without frame.max-rate: ${share[unlimited]}"
assert_share unlimited
((unread[unlimited] > 2000)) || fail "nothing waits in Kafka: ${unread[unlimited]} frames"
assert_below "heap while Kafka waits (MB), ${heap[before]} before" $((heap[before] + 200)) "${heap[unlimited]}"
assert_equal "restarts" 0 "$(jobmanager_metric numRestarts)"
say passed
