# 小家 (Xiaojia). `make help` lists what can be made; make run and make test do all the set-up themselves.
SHELL := /bin/bash
export CGO_ENABLED := 0
export GOFLAGS := -trimpath
BIN := bin/xiaojia
TOOLS := .tools
DEMO ?= $(CURDIR)/demo.local
ADDR ?= 127.0.0.1:8080
OWN = $(shell git ls-files '*.go' 2>/dev/null | grep -v /sqlcgen/)
# Go of the pages is built from *.templ and not committed. PAGES is what must be there, STRAY what a removed or renamed *.templ left behind.
TEMPL := $(shell find internal -name '*.templ')
PAGES := $(TEMPL:.templ=_templ.go)
STRAY := $(filter-out $(PAGES),$(shell find internal -name '*_templ.go'))

FUZZ ?= 60s

.PHONY: help build run test check golden fuzz look bench house setup ready web gen fresh fmt vet islands floors quick unit race tours layout clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 18

# Without symbols and debugger's tables the program is a quarter smaller; the trace of a panic keeps its names and lines.
build: ready ## the program, bin/xiaojia
	@go build -ldflags '-s -w' -o $(BIN) ./cmd/xiaojia

run: build ## a living demo branch; prints its address
	@$(BIN) demo --data $(DEMO) --addr $(ADDR)

test: setup fmt vet islands floors unit race tours layout ## everything that CI runs
	@echo "make test: all green"

check: fmt vet islands floors quick ## before each commit: format, vet, staticcheck, floors, generated code, tests on SQLite

golden: ready ## write the golden files anew; read the difference like code
	@CI= XIAOJIA_TEST_POSTGRES= go test ./internal/story ./internal/measure/safety -run 'Golden|Acts' -update

fuzz: ready ## each fuzz target for FUZZ (60s); what it finds is saved beside the test
	@tools/fuzz.sh $(FUZZ)

look: build setup ## pictures of every page into look/, and checks that nothing is cut off
	@node e2e/look.mjs

bench: build ## what each job costs, as a ratio to a limit of the same run
	@go run ./bench -bin $(BIN) $(BENCH)

house: $(TOOLS)/pages.stamp ## how much is written and where; what a mechanism costs against its budget
	@go run ./tools/house

setup: node_modules/.stamp ## what the tests need from Debian: Chromium, CJK fonts, PostgreSQL
	@tools/setup.sh

ready: web $(TOOLS)/pages.stamp

web: node_modules/.stamp
	@npm run --silent build

node_modules/.stamp: package-lock.json .npmrc
	@npm ci --no-audit --no-fund --silent && touch $@

gen: $(TOOLS)/sqlc $(TOOLS)/pages.stamp ## generate Go from SQL and templ files
	@$(TOOLS)/sqlc generate

$(TOOLS)/pages.stamp: $(TOOLS)/templ $(TEMPL) $(if $(STRAY)$(filter-out $(wildcard $(PAGES)),$(PAGES)),FORCE)
	@rm -f $(STRAY)
	@$(TOOLS)/templ generate -path internal >/dev/null 2>&1 || $(TOOLS)/templ generate -path internal
	@touch $@

FORCE:

fresh: $(TOOLS)/sqlc
	@$(TOOLS)/sqlc generate
	@git diff --exit-code --stat -- '*/sqlcgen/*' || { echo "generated code is stale: commit what make gen wrote"; exit 1; }

fmt:
	@out=$$(gofmt -l $(OWN)); [ -z "$$out" ] || { echo "gofmt: $$out"; exit 1; }

vet: $(TOOLS)/staticcheck ready
	@go vet ./...
	@$(TOOLS)/staticcheck ./...

islands: node_modules/.stamp
	@npm run --silent types
	@npm test --silent >/dev/null || npm test

floors: fresh ready
	@go test ./internal/archtest

quick: ready
	@CI= XIAOJIA_TEST_POSTGRES= go test $$(go list ./... | grep -v tools/newmodule)

unit: ready
	@export XIAOJIA_TEST_POSTGRES="$${XIAOJIA_TEST_POSTGRES-$$(tools/postgres.sh start 2>/dev/null || true)}"; go test ./...

race: ready
	@export XIAOJIA_TEST_POSTGRES="$$(tools/postgres.sh start)"; CGO_ENABLED=1 go test -race ./internal/kernel/... ./internal/platform/web/... ./internal/platform/vault/... ./internal/engine/matter
	@export XIAOJIA_TEST_POSTGRES="$$(tools/postgres.sh start)"; CGO_ENABLED=1 go test -race -run '/postgres' ./internal/platform/db ./internal/register/... ./internal/engine/... ./internal/measure/...

tours: build
	@node e2e/tours.mjs

layout: build
	@node e2e/look.mjs --check

$(TOOLS)/sqlc: tools/sqlc/go.sum
	@cd tools/sqlc && go build -o ../../$@ github.com/sqlc-dev/sqlc/cmd/sqlc
$(TOOLS)/templ: tools/templ/go.sum
	@cd tools/templ && go build -o ../../$@ github.com/a-h/templ/cmd/templ
$(TOOLS)/staticcheck: tools/staticcheck/go.sum
	@cd tools/staticcheck && go build -o ../../$@ honnef.co/go/tools/cmd/staticcheck

clean: ## remove what was built
	@rm -rf bin $(TOOLS) look web/dist/* e2e/out *.local $(PAGES) $(STRAY)
