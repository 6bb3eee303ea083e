# What one does with Tagledger, each in one word. `make` or `make help` lists them.

CONFIG  ?= debug
DESTDIR ?=
PREFIX  ?= /usr/local
SYSCONFDIR ?= /etc
# Where systemd looks for what packages and administrators bring.
SYSTEMDDIR ?= $(PREFIX)/lib

BUILD = swift build -c $(CONFIG)
BIN   = .build/$(CONFIG)

.DEFAULT_GOAL := help
.PHONY: help run build test demo bench lint format smoke contract install clean

help: ## list what there is to do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build, then serve from ./var until Ctrl-C
	@exec $(BIN)/tagledgerd --welcome

build: setup-build ## build the daemon and the command line (CONFIG=release for speed)
	@$(BUILD)

test: setup-test ## run every test
	@swift build --build-tests
	@ops/test

demo: build ## play a day of a small furniture shop, and show the log it leaves
	@BIN=$(BIN) ops/demo

bench: setup-build ## measure, each figure beside its bound
	@ops/bench $(ARGS)

lint: ## check the format of all Swift sources
	@swift format lint --strict --parallel --recursive Package.swift Sources Tests

format: ## put all Swift sources in order
	@swift format format --in-place --parallel --recursive Package.swift Sources Tests

smoke: build ## start the built daemon, use it, stop it
	@BIN=$(BIN) ops/smoke

contract: build ## hold the built daemon against schema/openapi.yaml
	@BIN=$(BIN) ops/schemathesis

install: CONFIG = release
install: setup-build ## install (DESTDIR, PREFIX): programs, unit, sysusers, tmpfiles, completions
	@$(BUILD) --static-swift-stdlib
	@BIN=$(BIN) DESTDIR=$(DESTDIR) PREFIX=$(PREFIX) SYSCONFDIR=$(SYSCONFDIR) \
	  SYSTEMDDIR=$(SYSTEMDDIR) ops/install

clean: ## remove what was built (not ./var, where the data is)
	@rm -rf .build

.PHONY: setup-build setup-test
setup-build:
	@ops/setup build
setup-test:
	@ops/setup test
