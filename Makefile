# Everything starts here: `make` builds all of it, `make help` lists the rest.
# Each goal sets up what it needs and does so again only when a lock file has changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := -m pip --disable-pip-version-check --quiet

# The tests open the built site in this browser. Say `make test CHROMIUM=/path/to/one` to use another.
CHROMIUM ?= $(firstword $(wildcard /usr/bin/chromium /usr/bin/google-chrome /usr/bin/chromium-browser) /usr/bin/chromium)
export CHROMIUM

# Many containers set this. Without bytecode each of our commands would compile the program again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.PHONY: bench browser build check clean distclean golden help lint lock observe publish remind serve test test-all ticks venv

build: $(VENV)/.package ## build everything into build/: handbook, checklists, emails, the quarter's review
	$(BIN)/sopwith build

check: $(VENV)/.package ## look for problems and write nothing (FORMAT=github or json; SINCE=main for versions)
	$(BIN)/sopwith check $(if $(FORMAT),--format $(FORMAT)) $(if $(SINCE),--since "$$SINCE")

observe: $(VENV)/.package ## write down what an issue reports (ISSUE=file, as gh issue view --json writes it)
	@$(BIN)/sopwith observe --from-issue "$$ISSUE"

publish: $(VENV)/.package ## build the handbook for the web, if company.yml lets it (AUDIENCE=public for that edition)
	$(BIN)/sopwith build --only handbook --to-publish $(if $(AUDIENCE),--audience "$(AUDIENCE)")

ticks: $(VENV)/.package ## record what the files in inbox/ say is done; each is named after its client
	@status=0; for file in inbox/*.csv inbox/*.xlsx inbox/*.json; do \
	  [ -e "$$file" ] || continue; client=$${file##*/}; \
	  $(BIN)/sopwith progress "$${client%%.*}" --from "$$file" || status=$$?; done; exit $$status

remind: $(VENV)/.package ## keep an issue on GitHub for each review that is due (ARGS=--dry-run only tells)
	@$(BIN)/sopwith remind $(ARGS)

serve: $(VENV)/.package ## show the handbook in a browser, made anew when a file is saved
	$(BIN)/sopwith serve

lint: $(VENV)/.test ## style, types and workflows
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/zizmor --offline --no-progress --quiet .
	$(BIN)/actionlint .github/workflows/*.yml

test: lint browser ## lint, then the tests (ARGS="-k due" to choose among them)
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not heavy" $(ARGS)

test-all: lint browser ## the same, and the tests that need heavy outside programs
	$(BIN)/python -m pytest -n auto --dist worksteal -rs $(ARGS)

golden: $(VENV)/.test ## write tests/golden/ anew from what is built now; read the difference before you commit it
	GOLDEN=write $(BIN)/python -m pytest tests/test_golden.py

bench: $(VENV)/.package $(VENV)-bench/.made ## measure Sopwith beside its peers, which live in .venv-bench
	PEERS=$(abspath $(VENV)-bench/bin) $(BIN)/python -m benchmarks $(ARGS)

venv: $(VENV)/.test ## only set up .venv, with the tests' tools in it

lock: $(VENV)-lock/.made ## write the lock files anew from their ranges (UPGRADE=1 to move every pin)
	@$(VENV)-lock/bin/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:3] <= (3, 11, 2))' || { \
	  echo "Lock files are made on Debian 12's Python 3.11.2, the oldest we support: some packages refuse it." >&2; \
	  echo 'Run: rm -rf $(VENV)-lock && make lock PYTHON=/path/to/python3.11.2' >&2; exit 1; }
	@$(COMPILE) --only-build-deps --build-deps-for=wheel --build-deps-for=editable -o requirements/build.txt pyproject.toml
	@$(COMPILE) -c requirements/build.txt -o requirements/run.txt pyproject.toml
	@$(COMPILE) -o requirements/test.txt requirements/test.in
	@$(COMPILE) -o requirements/bench.txt requirements/bench.in
	@$(COMPILE) -o requirements/lock.txt requirements/lock.in

COMPILE = CUSTOM_COMPILE_COMMAND='make lock' $(VENV)-lock/bin/pip-compile --quiet --generate-hashes --strip-extras \
  --allow-unsafe --newline lf --no-emit-index-url --no-emit-trusted-host --no-emit-find-links $(if $(UPGRADE),--upgrade)

clean: ## remove what was built, and caches
	rm -rf build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find generator tests benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean ## remove the virtual environments too
	rm -rf $(VENV) $(VENV)-bench $(VENV)-lock

help: ## list the goals
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# --- environments, each with a stamp that is newer than the lock files it was made from ---

define new_venv
@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null || { \
  echo "Sopwith runs on Python 3.11 to 3.14, and $(PYTHON) is not one of them:" >&2; $(PYTHON) --version >&2; \
  echo "Name another, for example: make PYTHON=python3.12" >&2; exit 1; }
@$(PYTHON) -m venv --clear $(@D) || { echo "On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
endef

$(VENV)/.made:
	@echo "Setting up $(VENV): the first time this takes a minute or two."
	$(new_venv)
	@touch $@

$(VENV)/.run: requirements/build.txt requirements/run.txt $(VENV)/.made
	@$(BIN)/python $(PIP) install --require-hashes -r requirements/build.txt -r requirements/run.txt
	@touch $@

$(VENV)/.package: pyproject.toml $(VENV)/.run
	@$(BIN)/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.package
	@$(BIN)/python $(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)-bench/.made: requirements/bench.txt
	$(new_venv)
	@$(@D)/bin/python $(PIP) install --require-hashes -r $<
	@touch $@

$(VENV)-lock/.made: requirements/lock.txt
	$(new_venv)
	@$(@D)/bin/python $(PIP) install --require-hashes -r $<
	@touch $@

# A browser comes from the system. Where we may install it, we do; elsewhere we say what to install.
browser:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	  && ! { [ -x "$(CHROMIUM)" ] && [ -d /usr/share/fonts/truetype/noto ]; }; then \
	  echo "Installing chromium and its fonts for the tests." && apt-get update -qq </dev/null && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium fonts-noto-core </dev/null >/dev/null; fi
	@[ -x "$(CHROMIUM)" ] || { \
	  echo "The tests need a Chromium, and there is none at $(CHROMIUM). On Debian: apt install chromium fonts-noto-core" >&2; \
	  echo "Elsewhere: make test CHROMIUM=/path/to/chrome" >&2; exit 1; }
