#!/usr/bin/env bash
# Draws the entries of the gallery that differ between the commit $1 and the working tree, before and after, in one run on this
# machine: the same browser and fonts drew both, so nothing else can make a difference. No picture is kept in the repository.
set -euo pipefail
base=$1
work=${CACHE:?}/changes
rm -rf "$work"
mkdir -p "$work"
git worktree prune
git worktree add --quiet --detach "$work/base" "$base"
trap 'git worktree remove --force "$work/base"' EXIT
echo "  After: the working tree"
cargo run -q --locked -p preview -- export "$work/after"
echo "  Before: $(git log -1 --format='%h %s' "$base")"
(cd "$work/base" && "$OLDPWD/.make/sources.sh" && cargo run -q --locked -p preview -- export "$work/before")
ln -sfn "$CACHE/end2end/node_modules" end2end/node_modules
node .make/changes.mjs "$work/before" "$work/after" "$work/report" "$(git log -1 --format='%h %s' "$base")"
