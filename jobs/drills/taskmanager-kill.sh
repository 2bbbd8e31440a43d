#!/usr/bin/env bash
# Kills the only TaskManager twice during training. Nothing is lost or counted twice, and the
# weights are those of a run without a failure.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/drill.sh"

kill_taskmanager() {
  local begin
  begin="$(now_millis)"
  kill_process taskmanager-1
  start_taskmanager 1
  # The metrics are the new process's: any step is a new one.
  await_step 1 >&2
  seconds_since "$begin"
}

disturbed_against_undisturbed 2 kill_taskmanager
