# The project's words; `make help` says what each does. CI says the same ones.

VENV := .venv
BIN := $(VENV)/bin
# What the image carries and nothing else, made as it makes it.
PRODUCTION := var/production
ARGS ?=
# Tests wait for the real parts as much as they compute: one worker more than there are cores.
# One file alone needs none: it starts sooner by itself.
ALONE := $(filter 1,$(words $(filter tests/%,$(ARGS))))
TEST_WORKERS ?= $(if $(and $(ALONE),$(findstring .py,$(ARGS))),0,$(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1))))

# Both locks pin the same versions: the second is resolved within the first.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" pyproject.toml

# The first Python of the machine that is recent enough.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)

# Compiled modules are kept, whatever the machine's habit: a run starts some hundred Pythons, each reading the same ones.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long check format bench chaos accessibility screens lock sbom audit clean

help: ## Say what each word does
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo '  Options are passed by ARGS: make run ARGS="--port 9000", make test ARGS="tests/domain -k silence"'

setup: $(VENV)/installed ## Make the environment (.venv) and get the real parts into the user's cache
	@$(BIN)/python -m parts.get

run: setup ## Start everything, tell the story of three procedures, stay up until Ctrl-C
	@exec $(BIN)/guichet up --demonstration --with-parent $(ARGS)

test: setup ## Run every test on the real parts
	@exec $(BIN)/pytest -n $(TEST_WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

test-long: setup ## Run every test with the long settings of the property tests
	@# What draws ten times as much has ten times as long (pyproject.toml).
	@HYPOTHESIS_PROFILE=long exec $(BIN)/pytest -n $(TEST_WORKERS) --dist loadfile --no-loadscope-reorder --timeout 2400 $(ARGS)

check: setup ## ruff, mypy strict, import contracts, licences, migrations without drift
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/reuse lint --lines
	$(BIN)/guichet migrate --check

format: setup ## Put the code in the house's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## Submits and acts per second beside the floor; a million clocks before a second opinion
	@exec $(BIN)/python -m benchmarks.bench $(ARGS)

chaos: setup ## File dossiers while the parts are killed at random: 0 lost, 0 doubled, 0 stuck
	@exec $(BIN)/python -m benchmarks.chaos $(ARGS)

accessibility: setup ## Read every page with axe in three languages and two widths; write what the statement page says
	@HYPOTHESIS_PROFILE=long ACCESSIBILITY_RESULTS=1 exec $(BIN)/pytest -n 0 tests/web/test_in_chromium.py -k axe $(ARGS)

screens: setup ## Photograph the main pages into docs/screens
	@SCREENS=docs/screens exec $(BIN)/pytest -n 0 tests/web/test_screens.py $(ARGS)

lock: setup ## Resolve the dependencies again, with their hashes: what runs, and what develops and tests besides
	$(LOCK) --extra dev -o requirements-dev.lock
	$(LOCK) --constraint requirements-dev.lock -o requirements.lock

sbom: $(PRODUCTION)/installed ## List what production carries, with licences (CycloneDX, into var/sbom.json)
	@$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible -o var/sbom.json $(ARGS) $(PRODUCTION)
	@echo '→ var/sbom.json'

audit: setup ## Ask the public register of vulnerabilities about what production carries (needs a network)
	@$(BIN)/pip-audit --strict --progress-spinner off --disable-pip --require-hashes -r requirements.lock $(ARGS) || { \
		echo '✗ Une faille est dite ci-dessus ; ou « could not be audited », « ConnectionError » : le registre ne répond pas'; \
		echo '  d’ici, et rien n’est prouvé. Un autre registre : make audit ARGS="-s osv"'; exit 1; }

clean: ## Remove the environment and what the tools left (neither the data nor the cache of parts)
	rm -rf $(VENV) $(PRODUCTION) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/installed: requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo 'Il faut Python 3.11 ou plus récent : installez-le, ou dites où il est (make PYTHON=/chemin/python3).'; exit 1; }
	@echo '→ environnement Python dans $(VENV) (une à deux minutes la première fois)'
	@test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 \
		|| { $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; } \
		|| { echo 'Python ne sait pas faire d’environnement ici : installez python3-venv (ou pip), puis recommencez.'; exit 1; }
	@# The lock is whole, and leaves out what pyproject.toml overrides: pip resolves nothing again.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(PRODUCTION)/installed: requirements.lock pyproject.toml | setup
	@$(BIN)/python -m venv --clear --without-pip $(PRODUCTION)
	@$(BIN)/python -m pip --python $(PRODUCTION)/bin/python install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir var/wheel .
	@$(BIN)/python -m pip --python $(PRODUCTION)/bin/python install --quiet --no-deps --force-reinstall var/wheel/guichet-*.whl
	@touch $@
