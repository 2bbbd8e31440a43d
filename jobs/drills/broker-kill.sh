#!/usr/bin/env bash
# Kills the Kafka broker during training, and restarts it after 30 s.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/drill.sh"

kill_broker() {
  local begin down
  begin="$(now_millis)"
  kill_process kafka
  sleep 30
  down="$(step)"
  start_kafka
  await_step $((down + 1)) 180 >&2
  seconds_since "$begin"
}

disturbed_against_undisturbed 1 kill_broker
