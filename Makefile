# The front door. Each target installs what it needs when it is missing, and nothing twice.
# What is made goes into a cache folder outside the checkout; only `data/` (the demo database) is in it.

SHELL := /bin/bash
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c

CACHE ?= $(HOME)/.cache/nirin
export CACHE
export CARGO_TARGET_DIR ?= $(CACHE)/target
export PATH := $(CACHE)/tools/bin:$(HOME)/.cargo/bin:$(PATH)
# The pinned compiler by the name that this machine has it under, if that is another one.
toolchain := $(shell .make/toolchain.sh)
ifneq ($(toolchain),)
export RUSTUP_TOOLCHAIN ?= $(toolchain)
endif
ifeq ($(MAKELEVEL),0)
$(shell CACHE='$(CACHE)' .make/sources.sh)
endif

SITE := $(CACHE)/site
PORT ?= 3000
ADDRESS := http://127.0.0.1:$(PORT)
SERVE := NIRIN_HTTP__LISTEN=127.0.0.1:$(PORT) NIRIN_HTTP__PUBLIC_URL=$(ADDRESS) NIRIN_HTTP__ASSETS=$(SITE) \
	NIRIN_REHEARSAL__CONTRACTS=server/demo/contracts.csv NIRIN_REHEARSAL__CONTRACTS_AS_OF=2026-11-23

.DEFAULT_GOAL := help
.PHONY: help run dev preview preview-export preview-texts preview-changes test check bench numbers load dist site dependencies test-rules test-app test-server test-browser test-example pictures

help: ## Say what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

site: ## Make the browser's files: script, WASM, style
	@.make/tools.sh wasm
	.make/site.sh $(SITE)

run: site ## Build and start on SQLite with mailbox page and demo contracts
	@echo "  Server: compiling (a few minutes the first time)"
	cargo build --locked --release -p server --features rehearsal
	mkdir -p data
	.make/welcome.sh $(ADDRESS) data/nirin.log &
	exec env $(SERVE) $(CARGO_TARGET_DIR)/release/nirin serve 2>> data/nirin.log

dev: site ## Build, start, and build and start again whenever a file is saved
	@command -v entr >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get install -y -qq entr || sudo apt-get install -y -qq entr; }
	mkdir -p data
	while true; do
	  find app design mails preview server style public nirin.toml -type f | entr -drn bash -c \
	    '.make/site.sh $(SITE) && cargo build -p server --features rehearsal && exec env $(SERVE) $(CARGO_TARGET_DIR)/debug/nirin serve 2>> data/nirin.log' || true
	done

# Judges the gallery's entries in their panel. The browser tests have it installed.
AXE := $(CACHE)/end2end/node_modules/axe-core
# The gallery has a port of its own unless one is asked for.
own_port := $(if $(filter command line,$(origin PORT)),$(PORT))

preview: ## Show every screen and mail in every state on port 3100; BRAND=FILE shows a brand beside, LAN=1 lets a phone in by QR code
	@command -v entr >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get install -y -qq entr || sudo apt-get install -y -qq entr; }
	.make/tools.sh axe || echo "  Without axe: its Node packages cannot be installed"
	[ -x $(CARGO_TARGET_DIR)/debug/preview ] || echo "  Gallery: compiling (a few minutes the first time)"
	while true; do
	  find app design mails preview deploy/brand nirin.toml $(BRAND) -type f | entr -drn bash -c 'cargo build -q -p preview && SITE_DIR=$(SITE) BRAND="$(BRAND)" AXE_DIR=$(AXE) CHANGES_DIR=$(CACHE)/changes exec $(CARGO_TARGET_DIR)/debug/preview $(if $(LAN),lan) $(own_port)' || true
	done

preview-export: ## Write the same as files into DIR, for a plain web host
	@cargo run -q --locked -p preview -- export "$(DIR)"

preview-texts: site ## Write anew what the tests know of each entry: its accessible tree and the sum of its markup
	@$(in_browser) access/texts --project=phone --update-snapshots

preview-changes: ## Draw what the working tree changes against BASE (main): pictures before and after, in the cache folder
	@.make/tools.sh browser
	.make/changes.sh "$(or $(BASE),main)"

test: check test-rules ## Run everything (27 to 46 minutes the first time, 14 to 26 afterwards)
	@# The server's tests wait more than they work: beside them the browser's files are made.
	setsid $(MAKE) site > $(CACHE)/site.log 2>&1 & site=$$!
	trap "kill -- -$$site 2>/dev/null || true" EXIT
	$(MAKE) test-server
	wait $$site || { cat $(CACHE)/site.log; exit 1; }
	$(MAKE) test-browser test-example
	echo "  All tests passed."

check: dependencies ## Formatting and lints, on both targets; dependencies; what documents refer to
	@.make/tools.sh wasm
	node .make/documents.mjs
	node .make/browsers.mjs
	cargo fmt --check
	cargo clippy --locked -p rules -p design -p mails -p preview -p server --features server/rehearsal --all-targets -- -D warnings
	cargo clippy --locked -p server --test no_rehearsal -- -D warnings
	CARGO_TARGET_DIR=$(CACHE)/target-wasm cargo clippy --locked -p app --lib --features hydrate --target wasm32-unknown-unknown -- -D warnings

dependencies: ## Licences, sources, bans and advisories of what is built in; dependencies that nothing uses
	@.make/tools.sh checkers
	.make/dependencies.sh

test-rules: ## The rules, natively and in WASM
	@.make/tools.sh wasm
	cargo test --locked -p rules --features serde
	CARGO_TARGET_DIR=$(CACHE)/target-wasm CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
	  cargo test --locked -p rules --target wasm32-unknown-unknown --test vectors

test-app: ## Pages as the server renders them, mails, the gallery: a part of test-server, for whoever works on them
	cargo test --locked -p app -p design -p mails -p preview --features app/rehearsal

test-server: ## Pages, mails, gallery; use cases through HTTP on SQLite and PostgreSQL; with and without the rehearsal parts
	@.make/tools.sh postgres
	# Most of a test's time is waiting: for a mail server that hangs, for a head that comes too slowly.
	export RUST_TEST_THREADS=$$(( $$(nproc) * 3 ))
	# All in one, so that what they stand on is compiled once.
	cargo test --locked -p app -p design -p mails -p preview -p server --features server/rehearsal
	cargo test --locked -p server --test no_rehearsal

# With an example it is the program of the other tests, whose dependencies have a few features more, and is not compiled again.
define in_browser
	.make/tools.sh browser
	.make/tools.sh postgres
	cargo build --locked -p server -p preview --features server/rehearsal --bin nirin --bin preview --example mails
	ln -sfn $(CACHE)/end2end/node_modules end2end/node_modules
	cd end2end && SITE_DIR=$(SITE) NIRIN_BIN=$(CARGO_TARGET_DIR)/debug/nirin npx playwright test
endef

test-browser: site ## Journeys in Chromium, Firefox and WebKit; mail over SMTP
	@$(in_browser)

test-example: site ## The example suite of examples/playwright, as an insurer would run it
	@.make/tools.sh example
	# The same as for the journeys, so that nothing is compiled twice.
	cargo build --locked -p server --features rehearsal --bin nirin --example mails
	ln -sfn $(CACHE)/example/node_modules examples/playwright/node_modules
	(cd examples/playwright && npx tsc --noEmit)
	.make/example.sh $(CARGO_TARGET_DIR)/debug/nirin $(SITE)

pictures: ## Take the README's pictures from the gallery
	@.make/tools.sh browser
	cargo build --locked -p preview
	ln -sfn $(CACHE)/end2end/node_modules end2end/node_modules
	$(CARGO_TARGET_DIR)/debug/preview 3199 &
	trap "kill $$!" EXIT
	curl -fs --retry 30 --retry-delay 1 --retry-connrefused -o $(CACHE)/overview.html http://127.0.0.1:3199/preview
	node .make/pictures.mjs http://127.0.0.1:3199 docs/pictures

# How many contracts are imported, and the PostgreSQL server that they are imported into besides SQLite: POSTGRES=postgres://USER@HOST/postgres
CONTRACTS ?= 20000
POSTGRES ?=

bench: site ## Print sizes and ratios, measured in one run; CONTRACTS=1000000 and POSTGRES=postgres://… for a large import
	@cargo build --locked --release -p server --features rehearsal
	SITE_DIR=$(SITE) NIRIN_BIN=$(CARGO_TARGET_DIR)/release/nirin cargo run -q --locked --release -p server --features rehearsal --example bench
	cargo run -q --locked --release -p server --features rehearsal --example mails
	.make/tools.sh sqlite
	cargo run -q --locked --release -p server --features rehearsal --example import -- $(CONTRACTS) $(POSTGRES)
	$(MAKE) numbers

numbers: site ## Print the numbers of the screens and the gallery beside their goals: bytes, form, keystroke, Lighthouse, saved → seen
	@.make/tools.sh browser
	.make/tools.sh lighthouse || echo "  Without Lighthouse: its Node packages cannot be installed"
	cargo build -q --locked --release -p server --features rehearsal
	cargo build -q --locked -p preview
	ln -sfn $(CACHE)/end2end/node_modules end2end/node_modules
	SITE_DIR=$(SITE) NIRIN_BIN=$(CARGO_TARGET_DIR)/release/nirin node .make/numbers.mjs $(PARTS)

load: site ## The day itself as a load test (10 minutes): journeys, faults, goals; LOAD=short for a look (3 minutes)
	@.make/tools.sh postgres
	.make/tools.sh haproxy
	cargo build --locked --release -p server --bin nirin --example load
	SITE_DIR=$(SITE) NIRIN_BIN=$(CARGO_TARGET_DIR)/release/nirin $(CARGO_TARGET_DIR)/release/examples/load $(PARTS)

dist: site ## Make a release without the rehearsal parts, in the cache folder
	@cargo build --locked --release -p server --target-dir $(CACHE)/target-dist
	! grep -q 'gallery-main\|/preview/' $(CACHE)/target-dist/release/nirin || { echo "  the release has parts of the gallery"; exit 1; }
	rm -rf $(CACHE)/dist && mkdir -p $(CACHE)/dist
	cp $(CACHE)/target-dist/release/nirin nirin.toml $(CACHE)/dist/
	cp -r $(SITE) $(CACHE)/dist/site
	echo "  In $(CACHE)/dist"
