#!/usr/bin/env bash
# Prints the name of an installed toolchain that is the pinned version under another name ("stable"), when the pinned
# one itself is missing: then nothing has to be downloaded. Prints nothing in every other case.
set -euo pipefail
PATH=$PATH:$HOME/.cargo/bin
pinned=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
command -v rustup >/dev/null || exit 0
installed=$(rustup toolchain list | cut -d' ' -f1)
! grep -q "^$pinned-" <<<"$installed" || exit 0
while read -r name; do
  [ "$(rustup run "$name" rustc --version | cut -d' ' -f2)" != "$pinned" ] || { echo "$name"; exit 0; }
done <<<"$installed"
