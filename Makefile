# The commands of this project. Each makes the virtual environment that it needs, once.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run dev test proof bench check lock

LIVE := .venv
TEST := .venv-test
UV_COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url

# $(call ready,FOLDER,REQUIREMENTS): a virtual environment in FOLDER with exactly REQUIREMENTS.
define ready
@if ! $(1)/bin/python -c '' 2>/dev/null; then \
  rm -rf $(1); newest=; \
  for name in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
    $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
    newest=$${newest:-$$name}; \
    if $$name -m venv $(1) >/dev/null 2>&1; then break; fi; rm -rf $(1); \
    if virtualenv --quiet --python $$name $(1) >/dev/null 2>&1; then break; fi; rm -rf $(1); \
  done; \
  if [ -z "$$newest" ]; then \
    echo "Broadsheet needs Python 3.11 or newer, and this machine has $$(python3 --version 2>/dev/null || echo no Python 3)." >&2; exit 1; \
  elif [ ! -d $(1) ]; then \
    echo "Python's venv module is missing; install it (Debian and Ubuntu: apt-get install $${newest##*/}-venv) and run this again." >&2; exit 1; \
  fi; \
fi
@if ! cmp -s $(2) $(1)/installed.txt; then \
  echo "Installing $(2) into $(1) ..."; \
  if $(1)/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r $(2); \
  then cp $(2) $(1)/installed.txt; \
  else echo "The packages in $(2) could not be installed; pip says why above." >&2; exit 1; fi; \
fi
endef

help:
	@echo "make run    start the site on http://127.0.0.1:8000 (set-up included)"
	@echo "make dev    the same in one process that reloads when a file changes"
	@echo "make test   all tests"
	@echo "make proof  the same tests at full numbers: more kills, more clients, more examples"
	@echo "make bench  what a page costs, measured"
	@echo "make check  style, types, templates, architecture"
	@echo "make lock   write requirements.txt and requirements-dev.txt anew"

run:
	$(call ready,$(LIVE),requirements.txt)
	@exec $(LIVE)/bin/python -m blog

dev:
	$(call ready,$(LIVE),requirements.txt)
	@exec $(LIVE)/bin/python -m blog --reload

test:
	$(call ready,$(TEST),requirements-dev.txt)
	@left=; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || left="$$left, browser (no Chromium)"; \
	[ -n "$$BLOG_TEST_DATABASE_URL" ] || command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || left="$$left, PostgreSQL (not installed)"; \
	command -v nginx >/dev/null || left="$$left, proxy (no nginx)"; \
	{ [ -n "$$VNU_JAR" ] && command -v java >/dev/null; } || left="$$left, HTML checker (no java or VNU_JAR)"; \
	[ -z "$$left" ] || echo "Left out: $${left#, }."
	@$(TEST)/bin/python -m pytest

proof:
	$(call ready,$(TEST),requirements-dev.txt)
	@BLOG_TEST_SCALE=20 $(TEST)/bin/python -m pytest

bench:
	$(call ready,$(TEST),requirements-dev.txt)
	@$(TEST)/bin/python -m bench

check:
	$(call ready,$(TEST),requirements-dev.txt)
	@$(TEST)/bin/ruff check --quiet .
	@$(TEST)/bin/ruff format --quiet --check .
	@$(TEST)/bin/mypy
	@$(TEST)/bin/djlint --quiet --lint templates
	@$(TEST)/bin/lint-imports --no-cache >/dev/null || $(TEST)/bin/lint-imports --no-cache

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv; install it with: pip install uv" >&2; exit 1; }
	@$(UV_COMPILE) requirements.in -o requirements.txt
	@$(UV_COMPILE) requirements-dev.in -o requirements-dev.txt
