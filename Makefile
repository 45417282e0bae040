# dragoman: `make demo` shows it, `make test` proves it. Only Python 3.11 and pip are needed.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
BENCH ?= ../shared/bench/bench.py
TEXTS ?=
MEASURED_ON = $(if $(TEXTS),--texts $(TEXTS))

.PHONY: help demo test lint types check train bench wheel clean

help:           ## list the targets
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

$(VENV)/installed: pyproject.toml hatch_build.py dragoman/parse/kernels.c
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $@

demo: $(VENV)/installed   ## code the bundled sample crisis into demo.duckdb, show what comes out, and open the desk on it
	$(BIN)/dragoman demo --case demo.duckdb
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/dragoman serve demo.duckdb; fi   # in a terminal, until Ctrl-C

test: $(VENV)/installed   ## style, types and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

lint: $(VENV)/installed   ## style only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed  ## types only
	$(BIN)/mypy

check: $(VENV)/installed  ## look for rows of the actor tables that can't be right
	$(BIN)/python -m dragoman.resolve.check_tables

train: $(VENV)/installed  ## rebuild the judge's weights from the sentences in the repository
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[train]"
	$(BIN)/python tools/train_judge.py

bench: $(VENV)/installed  ## measure speed, beside stock spaCy; on TEXTS=folder if named; quality where the gold data is beside the clone
	$(BIN)/python tools/bench_parse.py $(MEASURED_ON)
	$(BIN)/python tools/bench_code.py $(MEASURED_ON)
	$(BIN)/python tools/bench_analyses.py $(MEASURED_ON)
	@if [ -f $(BENCH) ]; then $(BIN)/python $(BENCH) all --dragoman $(BIN)/dragoman; fi

wheel:          ## a wheel in dist/ whose line is machine code, for this kind of computer and this Python; some minutes
	DRAGOMAN_COMPILE=1 $(PYTHON) -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

clean:          ## remove what the targets made
	rm -rf $(VENV) dist demo.duckdb .mypy_cache .ruff_cache .pytest_cache .hypothesis
