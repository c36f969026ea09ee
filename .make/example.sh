#!/usr/bin/env bash
# Runs the example suite on a server of its own with an empty database: example.sh PROGRAM SITE [what `playwright test` takes]
set -euo pipefail
program=$1 site=$2
shift 2
folder=$(mktemp -d)
port=$(node -e 'const server = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(server.address().port); server.close(); })')
url=http://127.0.0.1:$port
env NIRIN_HTTP__LISTEN="127.0.0.1:$port" NIRIN_HTTP__PUBLIC_URL="$url" NIRIN_HTTP__ASSETS="$site" \
  NIRIN_SECRETS__KEY_FILE="$folder/keys" NIRIN_REHEARSAL__CONTRACTS=server/demo/contracts.csv \
  DATABASE_URL="sqlite://$folder/nirin.db" "$program" serve 2> "$folder/log" &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$folder"' EXIT
curl -fs --retry 150 --retry-delay 0 --retry-max-time 30 --retry-connrefused -o "$folder/ready" "$url/readyz" || { cat "$folder/log" >&2; exit 1; }
cd examples/playwright
NIRIN_URL=$url npx playwright test --project "${PROJECT:-phone}" "$@"
