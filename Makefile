# Everything works from an empty clone with Python 3.11 (or later) and make; nothing is installed outside .venv.
# The order of first use: make demo, make serve. For developers: make check, make test, make soak.

PYTHON := $(shell command -v python3.11 || command -v python3 || echo python3)
BIN := .venv/bin
UV := $(BIN)/uv
PYTEST := $(BIN)/python -m pytest
# Tests start some hundred processes: what is compiled is kept, whatever is said around us.
export PYTHONDONTWRITEBYTECODE :=
MONTH ?=
SEEDS ?= 20
PYTEST_ARGS ?=
REPORTS ?=
report = $(if $(REPORTS),--junitxml=$(REPORTS)/$(1).xml)

.PHONY: help setup setup-dev demo serve test check check-format check-types check-imports check-fast soak bench lock clean

help:
	@echo "make demo    plan, print and publish the coming month of the example territories (MONTH=2027-03 for another)"
	@echo "make serve   pages, interface and feeds on this machine only"
	@echo "make check   format, lint, types, import contracts, fast tests: under a minute"
	@echo "make test    every test but the long ones, with what they need"
	@echo "make soak    the long tests: about a quarter of an hour     make bench   the measures     make lock   the dependency locks"
	@echo "make clean   forget .venv and var/"

# --- installation: each step leaves a stamp, so that a second run is instant -------------------------------

.venv/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed; found: $$($(PYTHON) --version 2>&1)"; exit 2; }
	$(PYTHON) -m venv .venv
	@ln -sf ../../escale $(BIN)/escale
	@touch $@

.venv/.uv: requirements-uv.lock | .venv/.created
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock \
	  || echo "uv cannot be installed here: pip does its work, more slowly"
	@touch $@

.venv/.runtime: requirements.lock | .venv/.uv
	@.ci/install requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock | .venv/.runtime
	@.ci/install requirements-dev.lock
	@touch $@

# Pages work without these files (system font, no live progress): their absence stops nothing.
.venv/.assets: package-lock.json requirements-node.lock | .venv/.runtime
	@$(BIN)/python -m service.assets && touch $@ || true

setup: .venv/.runtime
setup-dev: .venv/.dev

# --- use ---------------------------------------------------------------------------------------------------

demo: setup
	@./escale demo $(if $(MONTH),--month $(MONTH))

serve: setup .venv/.assets
	@./escale serve

# --- proof -------------------------------------------------------------------------------------------------

# What talks HTTP once more, before two web processes and two workers on PostgreSQL and Redis.
SCALED_OUT := $(PYTEST) --scaled-out -m "not soak and not browser" tests/service tests/pages

# What timed out on a busy machine gets one second chance, alone.
AGAIN := --last-failed --last-failed-no-failures none

FAST := not server and not browser and not slow and not soak

check: setup-dev
	@$(MAKE) --no-print-directory --output-sync --keep-going -j2 check-format check-types check-imports check-fast

check-format:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

check-types:
	$(BIN)/mypy

check-imports:
	$(BIN)/lint-imports

check-fast:
	$(PYTEST) -q -m "$(FAST)" -n 2 --dist loadfile $(call report,check) $(PYTEST_ARGS)

# Four at a time on two processors: a third of the time is waiting for processes, databases and leases.
# A browser and what awaits cannot share a process.
test: setup-dev .venv/.assets
	@.ci/system-packages
	$(PYTEST) -m "not soak and not browser" -n 4 --dist loadfile --durations=20 $(call report,test) $(PYTEST_ARGS) \
	  || $(PYTEST) -m "not soak and not browser" $(AGAIN)
	$(PYTEST) -m "browser and not soak" -n 2 --dist loadfile --durations=5 $(call report,browser) \
	  || $(PYTEST) -m "browser and not soak" $(AGAIN)

# By files, the longest of which hold one test or two, one processor would wait for the other at the end.
soak: setup-dev .venv/.assets
	@.ci/system-packages
	$(PYTEST) -m "soak and not browser" -n 2 --dist worksteal --durations=20 $(call report,soak) $(PYTEST_ARGS) \
	  || $(PYTEST) -m "soak and not browser" $(AGAIN)
	$(SCALED_OUT) -n 2 --dist loadfile --durations=5 $(call report,scaled-out) || $(SCALED_OUT) $(AGAIN)
	$(PYTEST) -m "soak and browser" -n 2 --dist worksteal --durations=5 $(call report,soak-browser) || $(PYTEST) -m "soak and browser" $(AGAIN)

bench: setup-dev
	@$(BIN)/python -m bench --seeds $(SEEDS)
	@$(BIN)/python -m bench.feeds
	@$(BIN)/python -m bench.month
	@$(BIN)/python -m bench.explain
	@$(BIN)/python -m bench.places

# --- care --------------------------------------------------------------------------------------------------

COMPILE := $(UV) pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --no-annotate

lock: setup-dev
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -o requirements-dev.lock

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
