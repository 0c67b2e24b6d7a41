SHELL := /bin/sh
.DEFAULT_GOAL := help

UV := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo .tools/uv/bin/uv)
BIN := .venv/bin
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export UV_SYSTEM_CERTS := true
endif
unexport PYTHONDONTWRITEBYTECODE # a registry process begins in 4 s with bytecode kept, in 7.5 s without
STAMP := .venv/.installed
MEMBERS := shared services/registry services/planning services/evaluation services/documents deploy/embedded
HALVES := $(if $(TEST_NATS_URL),,-n 2 --dist loadfile) # each half has servers of its own; a broker that was given is one
MANIFESTS := pyproject.toml $(MEMBERS:%=%/pyproject.toml)

.PHONY: help install run demo token import-points import-index test check bench format lock docs clean

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(STAMP) ## start everything on this machine: database, broker, identity, services (Ctrl-C stops it)
	@exec $(BIN)/python -m embedded run

demo: $(STAMP) ## play the story of a plan against the running system
	@exec $(BIN)/python -m embedded.demo

token: $(STAMP) ## print an access token of one of the demo's people (AS=coordinator-obrnice)
	@exec $(BIN)/python -m embedded.token $(if $(filter default undefined,$(origin AS)),coordinator-obrnice,$(AS))

import-points: $(STAMP) ## import definition points into the running system (FILE=points.geojson or .csv)
	@exec $(BIN)/python -m embedded.imports points "$(FILE)"

import-index: $(STAMP) ## import a workbook of the Index and compare it (FILE=workbook.xlsx YEAR=2023)
	@exec $(BIN)/python -m embedded.imports index "$(FILE)" --year "$(YEAR)"

test: $(STAMP) ## run all tests; databases and brokers are started as needed
	@exec $(BIN)/python -m pytest $(or $(ARGS),$(HALVES))

check: $(STAMP) ## lint, format, types, import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP) ## measure latency and throughput beside the floor of this machine
	@exec $(BIN)/python -m tests.bench $(ARGS)

format: $(STAMP) ## put the code into shape
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format

lock: $(UV) ## write requirements.lock anew from the manifests (ARGS=--upgrade for newer versions)
	$(UV) export --quiet $(ARGS) --all-groups --no-emit-workspace --no-header --no-annotate -o requirements.lock >/dev/null

docs: $(STAMP) ## write the generated pages and configuration anew
	@$(BIN)/python -m tests.contracts.generate $(ARGS)
	@$(BIN)/python -m embedded.nats_users > .venv/page && mv .venv/page deploy/nats/users.conf

clean: ## remove the virtual environment, fetched tools and caches; the data in .data stay
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

install: $(STAMP) ## make the virtual environment .venv from requirements.lock

.tools/uv/bin/uv:
	@sh deploy/embedded/fetch-uv.sh .tools/uv

$(STAMP): requirements.lock $(MANIFESTS) | $(UV)
	@test -x $(BIN)/python || $(UV) venv --quiet --python '>=3.11' .venv
	@printf -- '-e ./%s\n' $(MEMBERS) | VIRTUAL_ENV=.venv $(UV) pip sync --quiet requirements.lock -
	@touch $@
