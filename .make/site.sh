#!/usr/bin/env bash
# Makes the browser's files in $1: script glue, WASM, style, icon, each also compressed.
# Everything made on the way stays in the cache folder, outside the checkout.
set -euo pipefail
out=$1
cache=${CACHE:?}
tools=$cache/node/node_modules/.bin
# Apart from the server's, so that the two never wait for each other.
export CARGO_TARGET_DIR=$cache/target-wasm

echo "  WASM: compiling (a few minutes the first time)"
# The standard library is compiled along, for size, and a panic stops at once instead of putting words together that no browser
# shows: 14 KB (brotli) less. The pinned compiler calls both of it unstable, hence the permission. A compiler that did not come by
# rustup may have no sources of the library; the same program is then built heavier.
std=()
if [ -d "$(rustc --print sysroot)/lib/rustlib/src/rust/library" ]; then
  export RUSTC_BOOTSTRAP=1
  std=(-Z build-std=std,panic_abort -Z build-std-features=optimize_for_size
    --config 'build.rustflags=["-Zunstable-options", "-Cpanic=immediate-abort"]')
fi
cargo rustc --locked -p app --lib --features hydrate --target wasm32-unknown-unknown --profile wasm-release \
  --crate-type cdylib "${std[@]}" -- -C llvm-args=-inline-threshold=10
wasm=$CARGO_TARGET_DIR/wasm32-unknown-unknown/wasm-release/app.wasm

work=$cache/site-work
stamp=$work/stamp
mkdir -p "$work" "$out"
sum=$(find style public .make/compress.mjs "$0" "$wasm" -type f -print0 | sort -z | xargs -0 cat | sha256sum | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && [ -f "$out/nirin.wasm.br" ]; then
  echo "  Assets: up to date"
  exit 0
fi
rm -rf "${out:?}"/*
echo "  WASM: bindings"
"$cache/tools/bin/wasm-bindgen" --target web --no-typescript --out-dir "$work" --out-name nirin "$wasm"
echo "  WASM: making it small"
"$tools/wasm-opt" --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals \
  --enable-reference-types --enable-multivalue --low-memory-unused --flatten --rereloop -Oz -Oz --merge-similar-functions -Oz \
  --reorder-functions-by-name --strip-debug --strip-producers \
  "$work/nirin_bg.wasm" -o "$out/nirin.wasm"
echo "  Script and style"
"$tools/esbuild" --log-level=warning --minify --format=esm "$work/nirin.js" --outfile="$out/nirin.js"
"$tools/esbuild" --log-level=warning --minify --format=esm public/start.js --outfile="$out/start.js"
"$tools/esbuild" --log-level=warning --minify --bundle style/index.css --outfile="$out/style.css"
# For the first page of a browser, which has its style inside: without what only pages behind the sign-in use.
(cd style && grep -v -e '/portal.css' -e '/procedure.css' -e '/rehearsal.css' index.css | "$tools/esbuild" --log-level=warning --minify --bundle --loader=css) > "$out/flows.css"
cp public/*.svg "$out/"
# The gallery adds no byte to what a customer's browser fetches.
if grep -l 'gallery' "$out"/nirin.wasm "$out"/*.js "$out"/*.css; then
  echo "  has parts of the gallery" >&2
  exit 1
fi
node .make/compress.mjs "$out"
echo "$sum" > "$stamp"
