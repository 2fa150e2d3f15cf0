# make up     start Peyvand here (Ctrl-C stops it)
# make test   the gate and every test
# make check  the gate alone: format, lint, layers, types, templates, settings, migrations
# make clean  delete what was built and installed here; data in var/ stay

PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := 0.9
UV := UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv
# The suite's own services would like to be alone: DATABASE_URL and settings of a running installation stay out.
GATE := env -u DATABASE_URL PEYVAND_BASE_URL=https://peyvand.example

unexport PYTHONDONTWRITEBYTECODE
# The system's certificates where there are any: behind a company's proxy its own root is among them.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export UV_SYSTEM_CERTS ?= 1
export NODE_EXTRA_CA_CERTS ?= /etc/ssl/certs/ca-certificates.crt
endif

.PHONY: up test check format clean tools ruff layers types templates deploy

up: .venv/.ready
	@exec $(BIN)/peyvand up

test: .venv/.ready-for-tests tools
	$(BIN)/python -m peyvand.web.build
	$(MAKE) check
	$(BIN)/python -W error::SyntaxWarning -m pytest -n 2 --dist worksteal --ignore=tests/journeys
	@# The journeys measure what a person waits for: nothing else runs beside them.
	$(BIN)/python -W error::SyntaxWarning -m pytest tests/journeys

# Its parts have nothing to do with one another: two run at once.
check: .venv/.ready-for-tests
	@$(MAKE) --no-print-directory -j 2 --output-sync=target types ruff layers templates deploy

types: .venv/.ready-for-tests
	$(BIN)/mypy peyvand conftest.py manage.py

ruff: .venv/.ready-for-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

layers: .venv/.ready-for-tests
	$(BIN)/lint-imports

templates: .venv/.ready-for-tests
	$(BIN)/djlint peyvand --lint --quiet

deploy: .venv/.ready-for-tests
	$(GATE) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(GATE) $(BIN)/python -W ignore manage.py makemigrations --check --dry-run

format: .venv/.ready-for-tests
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What the tests drive besides Python: a browser and an IMAP server, from the system's packages.
tools:
	@sh .ci/tools

.venv/bin/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=$(UV_VERSION)"

.venv/.ready: pyproject.toml uv.lock | .venv/bin/uv
	$(UV) sync --locked --inexact --no-dev --quiet --python $(BIN)/python
	@touch $@

.venv/.ready-for-tests: pyproject.toml uv.lock | .venv/bin/uv
	$(UV) sync --locked --inexact --quiet --python $(BIN)/python
	@touch $@ .venv/.ready

clean:
	rm -rf .venv node_modules peyvand/web/static/web/dist .mypy_cache .ruff_cache .pytest_cache
	find peyvand tests -name '*.mo' -delete
