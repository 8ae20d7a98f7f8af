# Everything a newcomer needs: `make demo` and `make test`. Nothing outside this folder is changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export MINBEN_MODE ?= demo
export SITE_URL ?= http://127.0.0.1:$(PORT)

.PHONY: help demo test scale-test faults measures rehearse-restore check lint assets screenshots openapi lock messages clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/.runtime: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e . 2>/dev/null \
	  || $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.installed: package-lock.json
	@npm ci --silent --no-audit --no-fund && touch $@

assets: node_modules/.installed ## the component style sheet, from the package registry

demo: $(VENV)/.runtime node_modules/.installed ## load the demo and serve it on 127.0.0.1:8000
	@$(BIN)/minben migrate
	@$(BIN)/minben demo
	@exec $(BIN)/minben serve --port $(PORT)

test: $(VENV)/.dev node_modules/.installed ## the whole suite, on every engine and browser that is here
	@$(BIN)/python -m tests.run_all

scale-test: $(VENV)/.dev node_modules/.installed ## two web processes behind HAProxy: rolling restart, a process that dies
	@$(BIN)/python -m pytest -q tests/scale

faults: $(VENV)/.dev node_modules/.installed ## kill, fill, cut and fail over real processes; figures in build/faults.json
	@$(BIN)/python -m pytest -q -s tests/faults

measures: $(VENV)/.dev ## long measures on PostgreSQL: letters and ticks with processes killed (DATABASE_URL)
	@$(BIN)/python -m pytest -q -s -n 0 tests/measures

rehearse-restore: $(VENV)/.dev node_modules/.installed ## back up under load, restore to an instant, recount the ledger
	@$(BIN)/python -m pytest -q -s tests/faults/test_restore.py

check: $(VENV)/.dev ## the quick gate: format, lint, layers, types
	@mkdir -p build
	@$(BIN)/ruff format --check src tests
	@$(BIN)/ruff check src tests
	@$(BIN)/lint-imports --no-cache >build/layers.txt 2>&1 || { cat build/layers.txt; exit 1; }
	@$(BIN)/mypy

lint: $(VENV)/.dev ## repair format and lint where that can be done
	@$(BIN)/ruff format src tests && $(BIN)/ruff check --fix src tests

screenshots: $(VENV)/.dev node_modules/.installed ## pictures of the demo at 390 and 1280 px, into build/screenshots
	@$(BIN)/python -m tests.e2e.screenshots

openapi: $(VENV)/.dev ## write the API description that tests compare with
	@$(BIN)/python -m tests.api.write_openapi

lock: $(VENV)/.dev ## pin dependencies with hashes and without addresses; what runs is what was tested
	@$(BIN)/python -m pip install -qq uv
	@$(BIN)/uv pip compile pyproject.toml -q --extra dev --generate-hashes --universal --python-version 3.11 \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links -o requirements-dev.txt
	@$(BIN)/uv pip compile pyproject.toml -q --generate-hashes --universal --python-version 3.11 --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links -c requirements-dev.txt -o requirements.txt

clean: ## forget the demo's data and built files
	@rm -rf var build
