#!/usr/bin/env bash
# Checks the monitoring rules and their tests with promtool. Given the address of a Prometheus that
# scrapes a running system (jobs/cluster.sh status shows it), also runs every query of every panel
# and lists those without data.
#   jobs/check-monitoring.sh [http://127.0.0.1:PORT]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source jobs/lib/java.sh
[[ "${1:-}" =~ ^https?:// ]] || no_arguments "$@"
(($# < 2)) || wrong "takes one address, but was given $2 as well"
monitoring=src/main/monitoring

command -v promtool >/dev/null || fail "promtool is needed; it comes with Prometheus (Debian: apt-get install prometheus)"
promtool check config "$monitoring/prometheus.yml"
promtool test rules "$monitoring/tests/alerts.yml"
for name in $(sed -n 's/^ *- alert: //p' "$monitoring/rules/alerts.yml"); do
  grep -q "name: $name fires" "$monitoring/tests/alerts.yml" || fail "the alert $name has no test in $monitoring/tests/alerts.yml"
done
[[ $# -gt 0 ]] || exit 0

command -v jq >/dev/null || fail "jq is needed to read the dashboards"
empty=0 total=0
for dashboard in "$monitoring"/grafana/dashboards/*.json; do
  while IFS=$'\t' read -r panel query; do
    total=$((total + 1))
    results="$(curl -fsS "$1/api/v1/query" --data-urlencode "query=${query//\$job_name/.*}" | jq '.data.result | length')" ||
      fail "the query of $(basename "$dashboard"), $panel, failed: $query"
    if [[ "$results" == 0 ]]; then
      empty=$((empty + 1))
      echo "no data: $(basename "$dashboard"), $panel: $query"
    fi
  done < <(jq -r '.panels[] | .title as $title | .targets[] | [$title, .expr] | @tsv' "$dashboard" | sed 's/\\\\/\\/g')
done
echo "$((total - empty)) of $total queries return data"
((empty == 0))
