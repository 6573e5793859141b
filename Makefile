# make demo and make test each do all set-up in .venv and then their job; nothing else is needed but Python, git and make.
# Another Python takes an environment of its own: make test-quick PYTHON=python3.12 VENV=.venv-3.12
PYTHON ?= python3
VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
# Three on two cores: tests wait for git, LibreOffice and, where memory has no room for their files, the disk.
PYTEST := $(PY) -m pytest -n 3 --dist worksteal
# The locks are complete, so pip resolves nothing: a newer release of something locked cannot break the set-up.
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
# Written bytecode is what keeps every command quick, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONUTF8 := 1

.PHONY: demo test test-quick test-all coverage locks-install check format bench kill1000 looks lock catalogue release clean

demo: $(VENV)/ready
	$(PY) -m srctl demo demo --again

test: $(VENV)/dev
	$(PYTEST) -m "not full"

test-quick: $(VENV)/dev
	$(PYTEST) -m "not slow and not full"

# Every test there is: those of make test, the whole products, and the coverage that was promised.
test-all: test
	$(PYTEST) -m full
	$(MAKE) coverage

# The quick tests alone reach it: what is slow repeats the same lines with other files, kills and full disks.
# Properties try more examples here than in make test.
coverage: export SRCTL_EXAMPLES := 100
coverage: $(VENV)/dev
	$(PYTEST) -m "not slow and not full" --cov=srctl --cov-report=json:$(VENV)/coverage.json
	$(PY) -m tests.coverage_floors $(VENV)/coverage.json

locks-install:
	.ci/locks

check: $(VENV)/dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(BIN)/lint-imports --no-cache --no-logo

format: $(VENV)/dev
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: $(VENV)/dev
	$(PY) -m benchmarks $(N) $(if $(WRITE),--write)

kill1000: $(VENV)/dev
	$(PY) -m tests.test_kill9 1000

looks: $(VENV)/dev
	$(PY) -m tests.looks scratch/looks

# The catalogues: new messages into the .po files, then the .mo files programs read.
catalogue: $(VENV)/dev
	$(PY) -m tests.catalogue

lock: $(VENV)/dev
	$(PY) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
		pyproject.toml --group build -o requirements.lock
	$(PY) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
		pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock

# Version, date, commit, wheel and sdist built twice, list of components, tag; nothing is published.
release: $(VENV)/dev
	$(PY) -m release $(VERSION)

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'srctl needs Python 3.11 or newer')"
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes --no-deps -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	$(PY) -m pip check --disable-pip-version-check
	$(PY) -m compileall -q srctl
	$(PYTHON) -c "open('$(VENV)/ready', 'w').close()"

$(VENV)/dev: $(VENV)/ready requirements-dev.lock
	$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	$(PY) -m pip check --disable-pip-version-check
	$(PYTHON) -c "open('$(VENV)/dev', 'w').close()"

clean:
	$(PYTHON) -c "import shutil; [shutil.rmtree(d, True) for d in ('$(VENV)', 'demo', 'scratch', 'dist', 'build')]"
