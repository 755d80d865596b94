#!/usr/bin/env bash
# Starts service and database as compose.yaml says, on throw-away secrets and volumes, and asks for what people and
# machines ask for first. Exits 1 when something does not serve, or does not end in order.
#   ops/smoke-start.sh            builds the image first
#   IMAGE=name ops/smoke-start.sh takes that one
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
for name in JWT_SECRET PASSWORD_PEPPER METRICS_TOKEN MYSQL_PASSWORD MYSQL_ROOT_PASSWORD GRAFANA_PASSWORD; do
  export "$name=$(secret)"
done
export PORT="${PORT:-3900}" PUBLIC_URL="http://localhost:${PORT:-3900}"
# Nobody answers there: a node starts and serves without its factory.
export FACTORY_URL=http://127.0.0.1:9 FACTORY_API_KEY=none
export PAGE_WEBHOOK_URL=http://127.0.0.1:9 TICKET_WEBHOOK_URL=http://127.0.0.1:9 INFO_WEBHOOK_URL=http://127.0.0.1:9

compose() { docker compose --project-name jwt-pizza-smoke --env-file /dev/null -f ops/compose.yaml "$@"; }
clear_up() {
  local code=$?
  [ "$code" = 0 ] || compose logs --tail 100 || true
  compose down --volumes --timeout 30 >/dev/null 2>&1 || true
  exit "$code"
}
trap clear_up EXIT

compose config --quiet
if [ -n "${IMAGE:-}" ]; then building=--no-build; else building=--build; fi
compose up --detach --wait --wait-timeout 240 "$building" service
ask() { curl --fail --silent --show-error --max-time 10 "$@"; }
page="$(ask --header 'Accept: text/html' "$PUBLIC_URL/")"
[[ "$page" == *'<div id="root"'* ]]
ask --output /dev/null "$PUBLIC_URL/api/order/menu"
metrics="$(ask --header "Authorization: Bearer $METRICS_TOKEN" "$PUBLIC_URL/metrics")"
[[ "$metrics" == *$'\npizza_database_up 1\n'* ]]
container="$(compose ps --quiet service)"
compose stop service
test "$(docker inspect --format '{{.State.ExitCode}}' "$container")" = 0
echo "the image starts, serves and ends in order"
