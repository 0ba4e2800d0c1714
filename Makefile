# Everything goes through .venv, which every target makes if it is missing.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
ARGS ?=
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install serve test check format reference bench clean

help: ## show these lines
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: .venv/.installed ## make .venv with the pinned versions
serve: .venv/.installed ## build the bundled graph and serve it on http://127.0.0.1:$(PORT); PORT= and ARGS= pass on
	@$(BIN)/iatrograph serve --port $(PORT) $(ARGS)
test: check ## run every check and test; ARGS=--slow adds the slow ones
	$(BIN)/python -m pytest $(ARGS)
check: .venv/.developer ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
format: .venv/.developer ## put code and curated Turtle into their one form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/iatrograph format graph
reference: .venv/.developer ## write the reference pages anew from the code
	$(BIN)/python -m tools.reference
	$(BIN)/python -m iatrograph.graphql > docs/reference/schema.graphql
bench: .venv/.developer ## print the figures of benchmarks/
	$(BIN)/python -m benchmarks $(ARGS)
clean: ## remove what the other targets made
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "make: no python3.11 found; install it, or name yours with PYTHON=" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $(PYTHON) is older than 3.11; name a newer one with PYTHON=" >&2; exit 1; }
	$(PYTHON) -m venv .venv
.venv/.installed: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@
.venv/.developer: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@ .venv/.installed
