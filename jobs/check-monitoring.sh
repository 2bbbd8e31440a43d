#!/usr/bin/env bash
# Checks Prometheus' configuration and rules, and that each alert has a test that makes it fire.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh
monitoring=src/main/monitoring

command -v promtool >/dev/null || fail "promtool is needed; it comes with Prometheus (Debian: apt-get install prometheus)"
promtool check config "$monitoring/prometheus.yml"
promtool test rules "$monitoring/tests/alerts.yml"
for name in $(sed -n 's/^ *- alert: //p' "$monitoring/rules/alerts.yml"); do
  grep -q "name: $name fires" "$monitoring/tests/alerts.yml" || fail "the alert $name has no test in $monitoring/tests/alerts.yml"
done
