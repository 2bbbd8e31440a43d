#!/usr/bin/env bash
# Makes every alert fire that no other drill does, by faults in jobs: wrong options, killed
# processes, missing storage. Needs Prometheus.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/drill.sh"

# Many steps per group, to reach step 1000 within minutes.
MISTREATED=(-Dbatch.steps=20 -Dprior.estimator=fixed -Dprior.fixed=0.99 -Dprior.max=0.995 -Dloss.temperature=0.1 -Dembeddings.enabled=false)

cancel() {
  cancel_job "$(running_job)" >>"$CLUSTER_DIR/submit.log" 2>&1 || fail "the job was not cancelled: $CLUSTER_DIR/submit.log"
}

# fires ALERT [SECONDS]: waits until the alert has fired once.
fires() {
  local query="count(count_over_time(ALERTS{alertname=\"$1\",alertstate=\"firing\"}[30m]))" deadline=$((SECONDS + ${2:-300}))
  until [[ -n "$(prometheus_value "$query")" ]]; do
    ((SECONDS < deadline)) || fail "the alert $1 has not fired after ${2:-300} s"
    sleep 1
  done
  say "the alert $1 fires"
  fired+=("$1")
}

fired=(CameraSilent DeadLetters ConsumerLag CheckpointsFail SnapshotsFail) # flood.sh and disk-full.sh
begin_drill 1 frames frames.rejected embeddings training.collapsing training.clamped training.infinite training.slow
watch_alerts
start_gateway gateway "$GATEWAY_METRICS_PORT" --simulate 4 --realtime

# A trained encoder with a prior so high that every anchor's negative term is clamped.
submit_run clamped -Dbatch.steps=20 -Dprior.estimator=fixed -Dembeddings.enabled=false
await_step 400 300
stop_with_savepoint
submit_run clamped "${MISTREATED[@]}" -Dloss.temperature=2 -Doptimizer.learning-rate=1e-9
unset FROM
fires ClampedShareHigh
fires PriorAtBound
fires NativeMemoryClimbs
cancel

# Then one whose weights decay to zero, which maximizes the loss and leaves the prior unidentified,
# and whose checkpoint directory is removed after the first checkpoint.
submit_run collapsing "${MISTREATED[@]}" -Dprior.estimator=contrast "-Dcheckpoint.interval=5 s" -Doptimizer.learning-rate=0.01 -Doptimizer.weight-decay=1
await_step 10 300
await_checkpoints 1
mv "$CLUSTER_DIR/state/checkpoints" "$CLUSTER_DIR/state/checkpoints.gone"
touch "$CLUSTER_DIR/state/checkpoints"
fires EmbeddingCollapse
fires LossNotFalling
fires PriorNotIdentified
fires CheckpointOld
rm "$CLUSTER_DIR/state/checkpoints"
mv "$CLUSTER_DIR/state/checkpoints.gone" "$CLUSTER_DIR/state/checkpoints"

stop_process gateway
fires ProcessDown
fires NoFrames
start_gateway gateway "$GATEWAY_METRICS_PORT" --simulate 4 --realtime

for n in 1 2 3; do
  kill_process taskmanager-1
  start_taskmanager 1
  await_step 1
done
fires JobRestarts
cancel

# A learning rate so high that training diverges.
submit_run infinite -Dbatch.steps=20 -Doptimizer.learning-rate=1e30 -Dlearner.max-skipped-steps=1000000
fires LossNotFinite
cancel

submit_run slow -Dbatch.groups=256 -Dbatch.steps=20
fires StepSlow

for alert in $(sed -n 's/^ *- alert: //p' src/main/monitoring/rules/alerts.yml); do
  [[ " ${fired[*]} " == *" $alert "* ]] || fail "no drill makes the alert $alert fire"
done
say passed
