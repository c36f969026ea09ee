#!/usr/bin/env bash
# Checks what is built in. Licences, bans and sources need no network; advisories need the database of RustSec. Where that
# cannot be fetched, a line says so and the rest counts; with ADVISORIES=required it is a failure.
set -euo pipefail
cargo deny --locked check bans licenses sources
cargo shear --locked
if timeout 60 cargo deny --locked --log-level off fetch db >/dev/null 2>&1; then
  cargo deny --locked --offline check advisories
elif [ "${ADVISORIES:-}" = required ]; then
  echo "  Advisories: the database of RustSec could not be fetched." >&2
  exit 1
else
  echo "  Advisories: NOT CHECKED, since the database of RustSec could not be fetched. Run \`make dependencies\` where it can be."
fi
