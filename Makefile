# Common Ground. `make help` lists what there is to run; each target does its own set-up.

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
BASE ?= origin/main
FORMAT ?= text

VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install --constraint constraints.txt

# Material prints a notice about MkDocs 2, which this project does not use, into every build.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help site serve test check annotate changes links lint bench clean pdf

help: ## List these targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 16

# A stamp is the last thing its recipe writes: an installation that was interrupted starts afresh.
SITE := $(VENV)/.for-site
DEV := $(VENV)/.for-dev
BENCH := $(VENV)/.for-bench

$(SITE): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Name a Python 3.11 to 3.13: make PYTHON=..."; exit 1; }
	@$(PYTHON) .ci/python
	@echo "Setting up $(VENV) ..."
	@rm -f $(SITE) $(DEV) $(BENCH)
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --editable .
	@touch $@

$(DEV): $(SITE)
	@echo "Adding what the tests need ..."
	@$(PIP) --editable '.[dev]'
	@touch $@

$(BENCH): $(DEV)
	@echo "Adding what the engine is measured beside ..."
	@$(PIP) --editable '.[bench]'
	@touch $@

site: $(SITE) ## Build the site into site/
	@$(BIN)/commonground check --published
	@$(BIN)/mkdocs build --strict --clean
	@echo "The site lies in site/. To look at it: $(PYTHON) -m http.server --directory site, then http://localhost:8000/"

serve: $(SITE) ## Build, show and rebuild on every change (ADDRESS=host:port)
	@$(BIN)/mkdocs serve --dev-addr $(ADDRESS)

pdf: $(SITE) ## Typeset the checklists and the book into build/pdf/ (the site has them too)
	@$(BIN)/commonground pdf

check: $(SITE) ## Check the content in docs/ (TODAY=YYYY-MM-DD looks for what has grown old, too)
	@$(BIN)/commonground check --strict $(if $(TODAY),--today "$(TODAY)")

# Where two branches parted is what a change is compared with: what others did since then is not its own.
PARTED = "$$(git merge-base "$$BASE" HEAD 2>/dev/null || echo "$$BASE")"
export BASE

annotate: $(SITE) ## Check what changed since BASE=origin/main, as GitHub marks it on the lines of a pull request
	@$(BIN)/commonground check --format github --diff $(PARTED)

changes: $(DEV) ## Tell what changed for readers since BASE=origin/main (FORMAT=text|json|markdown, TO=file, SITES=1)
	@$(if $(TO),mkdir -p "$(dir $(TO))")
	@$(BIN)/commonground report changes --against $(PARTED) --format $(FORMAT) $(if $(SITES),--sites) $(if $(TO),> "$(TO)")

links: $(SITE) ## Ask whether the links to other sites still lead somewhere (needs the network)
	@$(BIN)/commonground check-links

lint: $(DEV) ## Lint, format check and types; GitHub's workflow files too
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "Some files want formatting: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	@$(BIN)/zizmor --offline --quiet --persona=auditor .github

test: $(DEV) ## Everything that must hold: lint, types, content, strict build, tests, browser
	@.ci/chromium $(BIN)/playwright
	@$(MAKE) --no-print-directory lint check
	@$(BIN)/mkdocs build --quiet --strict --clean
	@SITE_DIR=site $(BIN)/pytest --quiet --numprocesses=2 --dist=loadfile --ignore=tests/browser
	@SITE_DIR=site $(BIN)/pytest --quiet --numprocesses=3 tests/browser

bench: $(BENCH) ## Measure the build, the import and the proposals
	@$(BIN)/python -m tests.bench

clean: ## Remove everything that was made
	@rm -rf $(VENV) site build .pytest_cache .mypy_cache .ruff_cache .hypothesis scripts/*.egg-info
	@find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
