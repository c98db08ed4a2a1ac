# The project's commands. Needs Python 3.11 or newer, git and make; everything
# else is installed into .venv from the hash-checked locks in requirements/.

# Another interpreter: make PYTHON=python3.13 (after `make clean`).
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
# More words for pytest: make pytest ARGS='-k layout'.
ARGS ?=
OUT ?= site

BIN := .venv/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
# Four workers at most: each may hold a browser.
WORKERS := -n auto --maxprocesses 4 --dist worksteal
CODE := vsmdocs tests $(wildcard benchmarks)
LOCKS := requirements/run.lock requirements/build.lock requirements/dev.lock requirements/bench.lock

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help site test lint fmt pytest wheel golden messages bench bench-history bench-serve lock upgrade dev clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

# --- for everyone ------------------------------------------------------------

site: .venv/.run ## build the maps in maps/ into site/
	@$(BIN)/vsmdocs build -o $(OUT)
	@echo "Open $(OUT)/index.html in a browser."

test: lint pytest wheel ## everything that must hold before a change lands
	@echo "make test: all good"

# --- parts of it -------------------------------------------------------------

lint: .venv/.dev ## style, types, rooms and spelling
	@echo "== ruff";         $(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	@echo "== mypy";         $(BIN)/mypy --no-error-summary $(CODE)
	@echo "== import-linter"; $(BIN)/lint-imports > .venv/lint-imports.log 2>&1 \
		|| { cat .venv/lint-imports.log; exit 1; }
	@echo "== codespell";    $(BIN)/codespell

pytest: .venv/.dev ## the tests alone
	@echo "== pytest";       $(BIN)/python -m pytest -q $(WORKERS) $(ARGS)

# As a stranger gets it: sdist, wheel from the sdist, an empty environment, another folder.
wheel: .venv/.dev ## build the wheel, install it elsewhere, build the maps with it
	@echo "== wheel"
	@set -eu; there=$$(mktemp -d); trap 'rm -rf "$$there"' EXIT; here=$$PWD; unset PYTHONPATH; \
	$(BIN)/python -m build --no-isolation --outdir "$$there/dist" . > "$$there/log" 2>&1 \
		|| { cat "$$there/log"; exit 1; }; \
	$(BIN)/python -m venv "$$there/venv"; \
	pip="$$there/venv/bin/python -m pip -qq --disable-pip-version-check --no-input"; \
	$$pip install --require-hashes -r requirements/run.lock; \
	$$pip install --no-deps --no-index "$$there"/dist/*.whl; \
	mkdir "$$there/elsewhere"; cp -R maps "$$there/elsewhere/maps"; \
	if test -f vsmdocs.toml; then cp vsmdocs.toml "$$there/elsewhere/"; fi; \
	cd "$$there/elsewhere"; \
	../venv/bin/python -m pip --disable-pip-version-check check; \
	../venv/bin/vsmdocs --version; \
	../venv/bin/vsmdocs build -o site; \
	test -s site/index.html; \
	echo "built $$(find site -type f | wc -l) files with the wheel, outside the checkout"

# --- for developers ----------------------------------------------------------

dev: .venv/.dev ## set up .venv for development

fmt: .venv/.dev ## format, and mend what can be mended
	@$(BIN)/ruff check --quiet --fix .; $(BIN)/ruff format .

golden: .venv/.dev ## rewrite tests/golden/ from today's output; read the diff
	@$(BIN)/python -m pytest -q $(WORKERS) --update-goldens $(ARGS)

messages: .venv/.dev ## bring the catalogues of the site's languages up to date
	@$(BIN)/python -m tests.messages

bench: .venv/.bench ## measure against bare parsing and MkDocs
	@$(BIN)/python -m benchmarks $(ARGS)

bench-history: .venv/.bench ## measure history against bare git, GitPython and MkDocs
	@$(BIN)/python -m benchmarks.history $(ARGS)

bench-serve: .venv/.dev ## measure how long a saved map takes to the screen
	@$(BIN)/python -m benchmarks.serving $(ARGS)

lock: .venv/.uv ## make the locks follow pyproject.toml, with as few changes as can be
	@set -e; compile() { echo "requirements/$$1.lock"; name=$$1; shift; \
		.venv/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command "make lock" $(UPGRADE) \
		--output-file requirements/$$name.lock "$$@"; }; \
	compile run pyproject.toml; \
	compile build --group build --constraint requirements/run.lock; \
	compile dev pyproject.toml --group dev --constraint requirements/run.lock --constraint requirements/build.lock; \
	compile bench pyproject.toml --group bench --constraint requirements/dev.lock

upgrade: ## refresh every locked version
	@$(MAKE) --no-print-directory lock UPGRADE=--upgrade

clean: ## remove what the other commands made
	rm -rf .vsmdocs-cache .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- set-up, stamped so that it runs once per lock ---------------------------

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found; try: make PYTHON=/path/to/python3" >&2; exit 2; }
	@echo "Setting up .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv

.venv/.run: pyproject.toml requirements/run.lock requirements/build.lock | .venv/bin/python
	@echo "Installing vsmdocs (a minute the first time)"
	@$(PIP) install --require-hashes -r requirements/run.lock -r requirements/build.lock
	@$(PIP) install --no-deps --no-index --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.run requirements/dev.lock
	@echo "Installing the development tools"
	@$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

.venv/.bench: .venv/.dev requirements/bench.lock
	@$(PIP) install --require-hashes -r requirements/bench.lock
	@touch $@

.venv/.uv: | .venv/bin/python
	@$(BIN)/python -m venv .venv/uv && .venv/uv/bin/python -m pip -qq --disable-pip-version-check install uv
	@touch $@
