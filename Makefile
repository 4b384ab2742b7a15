# Each target sets up what it needs, once: a virtual environment, the locked dependencies, this project, a browser.
# What has been done is remembered by stamp files in .venv; `make clean` forgets everything.

.DELETE_ON_ERROR:
.PHONY: help setup demo test lint bench tables lock clean

PYTHONS ?= python3 python3.14 python3.13 python3.12 python3.11
BIN := .venv/bin
ARGS ?=
# Many tests wait for a browser, so there may be more of them at once than cores. WORKERS=0: one after the other, with a debugger.
# In the order of the folders, which begins with the browser's: else files with few tests come last, and those are the longest.
WORKERS ?= 4
UPGRADE ?=

help:
	@echo "make demo    check examples/bakery, and sign for faults of examples/bakery-broken"
	@echo "make test    all tests (ARGS='-k title' for some, WORKERS=0 for one after the other)"
	@echo "make lint    ruff, mypy, the direction of imports; tsc and biome for report-app"
	@echo "make bench   speed and memory, see benchmarks/README.md"
	@echo "make tables  write the tables of policies and facts, and the help in the README, anew"
	@echo "make lock    write the lock files anew (UPGRADE=--upgrade for the newest versions)"
	@echo "make setup   only set up; make clean forgets it"

setup: .venv/browser.stamp

demo: setup
	$(BIN)/gonogo check examples/bakery $(ARGS)
	$(BIN)/python tools/demo_sign_off.py

test: setup .venv/lighthouse.stamp .venv/report.stamp
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: .venv/project.stamp .venv/report.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	cd report-app && node_modules/.bin/tsc --noEmit && node_modules/.bin/biome check --error-on-warnings

bench: setup .venv/lighthouse.stamp
	set -e; for script in benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python "$$script" $(ARGS); done

tables: .venv/project.stamp
	$(BIN)/python tools/tables.py
	$(BIN)/python tools/readme_help.py

clean:
	rm -rf .venv build dist gonogo-run checks/report/bundle report-app/node_modules

# ---------------------------------------------------------------------------------------------------------- setting up

.venv/venv.stamp:
	@for python in $(PYTHONS); do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        echo "$$python -m venv .venv"; "$$python" -m venv .venv && touch $@; exit; \
	    fi; \
	done; \
	echo "gonogo needs Python 3.11 or later; tried: $(PYTHONS). Name yours with: make PYTHONS=/path/to/python3" >&2; exit 2

.venv/deps.stamp: .venv/venv.stamp requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

# The build backend is among the locked dependencies, so nothing is fetched that no hash vouches for.
.venv/project.stamp: .venv/deps.stamp pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Installing the project has built the interactive report, if it could; here it must, with what the tests and lint need.
.venv/report.stamp: .venv/project.stamp hatch_build.py $(shell find report-app -name node_modules -prune -o -type f -print)
	$(BIN)/python hatch_build.py --dev
	@touch $@

.venv/lighthouse.stamp: .venv/browser.stamp checks/collect/lighthouse/npm/package-lock.json
	$(BIN)/gonogo doctor --install --lighthouse
	@touch $@

.venv/browser.stamp: .venv/project.stamp
	$(BIN)/gonogo doctor --install
	@touch $@

# --------------------------------------------------------------------------------------------------------------- locks

# Without an index address: a lock says what, each machine's own settings say where from.
COMPILE = .venv/lock/bin/pip-compile --quiet $(UPGRADE) --generate-hashes --strip-extras --allow-unsafe --no-header \
    --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

lock: .venv/lock.stamp
	$(COMPILE) --extra dev --extra lighthouse --extra cluster --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

# pip-tools pins pip itself, so it has an environment of its own.
.venv/lock.stamp: .venv/venv.stamp
	$(BIN)/python -m venv .venv/lock
	.venv/lock/bin/python -m pip install --quiet --disable-pip-version-check "pip-tools>=7.6.2"
	@touch $@
