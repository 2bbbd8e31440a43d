#!/usr/bin/env bash
# Fills the disk of checkpoints and snapshots: the job keeps training, the alerts fire, no partial
# files are visible, and once there is room again both are written. Needs root, to mount a small
# file system in memory, and Prometheus.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/drill.sh"

# Checks that every snapshot is complete, and that the latest one exists.
snapshots_whole() {
  local manifest sum
  for manifest in "$disk/snapshots/"step-*/manifest.json; do
    [[ -e "$manifest" ]] || continue # deleted as old meanwhile
    sum="$(sed -n 's/.*"sha256" *: *"\([0-9a-f]*\)".*/\1/p' "$manifest")"
    [[ -n "$sum" ]] && sha256sum --quiet -c <<<"$sum  ${manifest%/*}/encoder.afim" >&2 || [[ ! -e "$manifest" ]] ||
      fail "the snapshot ${manifest%/*} is not whole"
  done
  manifest="$disk/snapshots/$(cat "$disk/snapshots/latest")/manifest.json"
  [[ -s "$manifest" ]] || fail "the latest snapshot has no $manifest"
}

# Before the next run deletes the cluster's directory.
end_disk() {
  end_drill
  umount "$disk"
}

((EUID == 0)) || fail "a file system can be mounted by root only"
begin_drill 1 frames frames.rejected embeddings training.full
disk="$CLUSTER_DIR/disk"
mkdir -p "$disk"
watch_alerts
mount -t tmpfs -o size=64m tmpfs "$disk"
trap end_disk EXIT
start_gateway gateway 0 --simulate 4 --fps 20 --realtime
submit_run full -Dcheckpoint.directory="file://$disk/checkpoints" -Dsnapshot.directory="file://$disk/snapshots" -Dsnapshot.interval-steps=5
await_step 20 600
await_checkpoints 2
snapshots_whole
for alert in CheckpointsFail SnapshotsFail; do
  await_no_alert "$alert" 0
done
before="$(step)"
head -c 64m /dev/zero >"$disk/filler" 2>/dev/null || true
begin="$(now_millis)"
await_alert CheckpointsFail 300
await_alert SnapshotsFail 300
say "disk full at step $before: both alerts fire after $(seconds_since "$begin") s"
snapshots_whole
at="$(step)"
await_step $((at + 20)) 600
say "trains on with a full disk: step $(step)"
assert_equal "restarts" 0 "$(jobmanager_metric numRestarts)"
snapshots_whole
complete="$(checkpoints)"
rm "$disk/filler"
begin="$(now_millis)"
until (($(checkpoints) > complete)); do
  (($(now_millis) - begin < 300000)) || fail "no checkpoint within 300 s of room"
  sleep 0.2
done
newest="$(cat "$disk/snapshots/latest")"
until [[ "$(cat "$disk/snapshots/latest")" != "$newest" ]]; do
  (($(now_millis) - begin < 300000)) || fail "no snapshot within 300 s of room"
  sleep 0.2
done
say "room again: a checkpoint and a snapshot after $(seconds_since "$begin") s, newest $(cat "$disk/snapshots/latest")"
snapshots_whole
assert_equal "restarts" 0 "$(jobmanager_metric numRestarts)"
say passed
