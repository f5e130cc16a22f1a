# Cairn's commands; `make help` lists them. Each does its own set-up on a machine with Go and Node.js.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
BIN := bin/cairn
TOOL := go tool -modfile=tools.mod

# npm writes this file last, so it serves as the stamp of a finished installation.
WEB_DEPS := web/node_modules/.package-lock.json
API_DEPS := web/tools/openapi/node_modules/.package-lock.json
E2E_DEPS := e2e/browser/node_modules/.package-lock.json
WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' -not -name '*.go')

.PHONY: help run build binary test check bench fmt generate clean toolchain

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20
	@echo
	@echo '  make run DEMO=1 opens a sample product; make run ARGS="--addr 127.0.0.1:9000" passes flags on'

run: build ## build and serve http://127.0.0.1:8080 with ./data (DEMO=1: sample product, ARGS: more flags)
	@exec $(BIN) serve $(if $(DEMO),--demo) $(ARGS)

build: web/dist/index.html binary ## build the web app and the one static binary bin/cairn

binary: toolchain
	@CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) ./cmd/cairn

test: build $(WEB_DEPS) $(E2E_DEPS) ## run every test: Go on SQLite and PostgreSQL, web, scripts, browser (SUITES="go web" for some)
	@scripts/test.sh $(SUITES)

check: build $(WEB_DEPS) $(API_DEPS) $(E2E_DEPS) ## check formatting, vet, lint, architecture, generated files, size
	@scripts/check.sh

bench: build $(E2E_DEPS) ## measure and print one table (ARGS: its flags)
	@CAIRN_CHROMIUM=$$(scripts/setup-chromium.sh) CAIRN_BIN=$(abspath $(BIN)) scripts/with-postgres.sh go run ./bench $(ARGS)

fmt: $(WEB_DEPS) ## format all sources
	@gofmt -s -w $$(git ls-files --cached --others --exclude-standard '*.go')
	@npm --prefix web run --silent format
	@cd e2e/browser && ../../web/node_modules/.bin/biome check --write .

generate: binary $(API_DEPS) ## write the web's API types from the server's OpenAPI document
	@scripts/generate-api.sh

clean: ## remove what was built (never ./data)
	@rm -rf bin web/node_modules web/tools/openapi/node_modules e2e/browser/node_modules e2e/browser/test-results
	@find web/dist -mindepth 1 -not -name .keep -delete

toolchain:
	@scripts/check-toolchain.sh

web/dist/index.html: $(WEB_DEPS) $(WEB_SOURCES)
	@npm --prefix web run --silent build
	@touch $@

%/node_modules/.package-lock.json: %/package-lock.json | toolchain
	@cd $* && npm ci --no-audit --no-fund --loglevel=error
	@touch $@
