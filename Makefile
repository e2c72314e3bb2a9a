# The product's commands. `make demo` and `make test` set up all that they need.

# The first Python on this machine that is new enough; name another with PYTHON=...
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test check venv format format-check lint types contracts names \
	examples bench lock dist clean

help:  ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

demo: $(READY)  ## two years of one organisation's news in seconds
	@$(BIN)/watcher demo

test: check  ## every check and every test
	$(BIN)/python -m pytest -q -n 2

check: format-check lint types contracts names  ## format, lint, types, contracts, names

venv: $(READY)  ## the environment in .venv, from the lock

$(READY): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: needs Python 3.11 or newer with venv" >&2; exit 1; }
	@echo "setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $(READY)

format: $(READY)  ## rewrite the code in the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

format-check: $(READY)
	$(BIN)/ruff format --check -q .

lint: $(READY)
	$(BIN)/ruff check -q .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports --no-cache

names: $(READY)
	$(BIN)/python -m pytest -q tests/test_house.py

bench: $(READY)  ## print the tables of bench/
	@for b in bench/*.py; do echo "$$b"; $(BIN)/python $$b || exit 1; done

lock: $(READY)  ## resolve the dependencies anew: names, versions, hashes
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate \
		--no-emit-index-url --generate-hashes pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate \
		--no-emit-index-url --generate-hashes -c requirements.lock \
		pyproject.toml --group dev -o requirements-dev.lock

dist: $(READY)  ## sdist and wheel in dist/
	$(BIN)/python -m build -q --no-isolation

clean:  ## remove what was made here
	rm -rf $(VENV) dist watcher-demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
