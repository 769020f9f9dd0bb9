# Everything starts from here, on a machine with Python 3.11 or newer and make:
#   make demo      install into .venv and extract one of the project's own articles
#   make test      every check and test
#   make test-spark      the tests on a Spark cluster of this machine (needs Java 17)
#   make test-versions   the quick tests under every other supported Python found here
#   make soak      long runs: 200,000 documents killed and resumed; SOAK_CORPUS=PATH, SOAK_OPTIONS="--kills 3"
#   make audit     known weaknesses and licences of what the package depends on
#   make lock      pin what .[dev] brings in to requirements/dev.txt
#   make bench     speed against the floor and against a peer; BENCH_CORPUS=PATH, BENCH_OPTIONS="--sample 300"
#   make format    let ruff lay the code out
#   make clean     remove .venv and everything that was built
.DEFAULT_GOAL := demo
.PHONY: demo test test-spark test-versions soak audit lock bench format clean venv venv-dev venv-bench venv-spark

DEMO ?= $(firstword $(sort $(wildcard fixtures/*.txt)))
BENCH_CORPUS ?= fixtures
BENCH_OPTIONS ?=
SOAK_CORPUS ?= fixtures
SOAK_OPTIONS ?=
BIN := .venv/bin
comma := ,

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

demo: venv
	@test -n "$(DEMO)" || { echo "make demo: no article in fixtures/; name one with make demo DEMO=PATH" >&2; exit 1; }
	@$(BIN)/extractor extract "$(DEMO)" --format json

test: venv-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -m "not spark"
	$(BIN)/extractor rules check
	$(BIN)/extractor rules test

test-spark: venv-spark
	@command -v java >/dev/null || { echo "make test-spark: no java found; on Debian: apt-get install openjdk-17-jre-headless" >&2; exit 1; }
	$(BIN)/python -m pytest -q tests/spark

# The same quick tests under each other Python of the machine: those on the PATH and those of pyenv.
test-versions:
	@for p in $$(ls -d $$HOME/.pyenv/versions/3.1[1-9]*/bin/python 2>/dev/null; command -v python3.12 python3.13 python3.14); do \
	  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' || continue; \
	  v="$$($$p -c 'import sys; print("%d.%d" % sys.version_info[:2])')"; \
	  echo "== Python $$v" && $$p -m venv --clear .venv-$$v && \
	  .venv-$$v/bin/python -m pip install -qq '.[dev]' && \
	  .venv-$$v/bin/python -m pytest -q -m "not slow and not spark" && rm -rf .venv-$$v || exit 1; \
	done

audit: venv-dev
	$(BIN)/python tools/licences.py
	$(BIN)/python -m pip install -qq pip-audit && $(BIN)/pip-audit --skip-editable

lock: venv-dev
	$(BIN)/python -m pip freeze --exclude-editable > requirements/dev.txt

bench: venv-bench
	@$(BIN)/python -m bench.run $(BENCH_OPTIONS) -- "$(BENCH_CORPUS)"

soak: venv-dev
	@PYTHONPATH=. $(BIN)/python tools/soak.py $(SOAK_OPTIONS) -- "$(SOAK_CORPUS)"

format: venv-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	$(call install,run,.)

venv-dev:
	$(call install,dev,.[dev])

venv-spark:
	$(call install,spark,.[dev$(comma)spark])

venv-bench:
	$(call install,bench,.[bench])

# $(call install,LEVEL,WHAT): put WHAT into .venv, unless its stamp says that this very pyproject.toml is installed from
# this very folder. A .venv of another folder (a moved or copied checkout) or without a working Python is made anew.
# The stamp goes by content: a clone or a checkout gives files new times.
define install
	@key="$$(cksum < pyproject.toml)"; \
	if [ "$$(cat .venv/.folder 2>/dev/null)" != "$(CURDIR)" ] || ! $(BIN)/python -c '' 2>/dev/null; then \
	  python=; \
	  for p in $(PYTHON) python3 python3.11 python3.12 python3.13 python3.14; do \
	    if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$p; break; fi; \
	  done; \
	  if [ -z "$$python" ]; then echo "no Python 3.11 or newer found; name one with make PYTHON=/path/to/python3" >&2; exit 1; fi; \
	  echo "building .venv with $$($$python --version)" >&2; \
	  if ! $$python -m venv --clear .venv >&2; then rm -rf .venv; exit 1; fi; \
	  printf '%s\n' "$(CURDIR)" > .venv/.folder; \
	fi; \
	if [ "$$(cat .venv/.installed-$(1) 2>/dev/null)" != "$$key" ]; then \
	  echo "installing $(2) into .venv" >&2; \
	  $(BIN)/python -m pip install -qq --editable '$(2)' >&2 || exit 1; \
	  printf '%s\n' "$$key" | tee .venv/.installed-run > .venv/.installed-$(1); \
	fi; \
	$(BIN)/python -m compileall -q extractor
endef
