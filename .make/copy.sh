#!/usr/bin/env bash
# Makes folder $1 a copy of the checkout as it is now, without what Git ignores. Only what differs is written, since Cargo compiles again
# what was written; what is not in the checkout goes first, so that a folder can stand where a file was.
set -euo pipefail
copy=$1
mkdir -p "$copy"
files=$(git ls-files --cached --others --exclude-standard | while read -r file; do [ ! -e "$file" ] || echo "$file"; done | LC_ALL=C sort)
(
  cd "$copy"
  find . -not -type d | cut -c3- | LC_ALL=C sort | LC_ALL=C comm -13 <(echo "$files") - | xargs --no-run-if-empty --delimiter '\n' rm
  find . -mindepth 1 -type d -empty -delete
)
while read -r file; do
  cmp --silent "$file" "$copy/$file" || cp --parents --no-dereference --remove-destination "$file" "$copy"
done <<<"$files"
