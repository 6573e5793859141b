# make demo and make test each do all set-up in .venv and then their job; nothing else is needed but Python, git and make.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PY := $(BIN)/python
# The locks are complete, so pip resolves nothing: a newer release of something locked cannot break the set-up.
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
# Written bytecode is what keeps every command quick, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONUTF8 := 1

.PHONY: demo test test-quick check format bench kill1000 looks lock catalogue release clean

demo: .venv/ready
	$(PY) -m srctl demo demo --again

test: .venv/dev
	$(PY) -m pytest -n 2 --cov=srctl --cov-report=json:.venv/coverage.json
	$(PY) -m tests.coverage_floors .venv/coverage.json

test-quick: .venv/dev
	$(PY) -m pytest -n 2 -m "not slow"

check: .venv/dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

format: .venv/dev
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: .venv/dev
	$(PY) -m benchmarks $(N) $(if $(WRITE),--write)

kill1000: .venv/dev
	$(PY) -m tests.test_kill9 1000

looks: .venv/dev
	$(PY) -m tests.looks scratch/looks

# The catalogues: new messages into the .po files, then the .mo files programs read.
catalogue: .venv/dev
	$(PY) -m tests.catalogue

lock: .venv/dev
	$(PY) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
		pyproject.toml --group build -o requirements.lock
	$(PY) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
		pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock

# Version, date, commit, wheel and sdist built twice, list of components, tag; nothing is published.
release: .venv/dev
	$(PY) -m release $(VERSION)

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'srctl needs Python 3.11 or newer')"
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes --no-deps -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	$(PY) -m pip check --disable-pip-version-check
	$(PY) -m compileall -q srctl
	$(PYTHON) -c "open('.venv/ready', 'w').close()"

.venv/dev: .venv/ready requirements-dev.lock
	$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	$(PY) -m pip check --disable-pip-version-check
	$(PYTHON) -c "open('.venv/dev', 'w').close()"

clean:
	$(PYTHON) -c "import shutil; [shutil.rmtree(d, True) for d in ('.venv', 'demo', 'scratch', 'dist', 'build')]"
