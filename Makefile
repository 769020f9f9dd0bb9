# Everything starts from here, on a machine with Python 3.11 or newer and make:
#   make demo      install into .venv and extract one of the project's own articles
#   make test      every check and test
#   make bench     speed against the floor and against a peer; BENCH_CORPUS=PATH, BENCH_OPTIONS="--sample 300"
#   make format    let ruff lay the code out
#   make clean     remove .venv and everything that was built
.DEFAULT_GOAL := demo
.PHONY: demo test bench format clean venv venv-dev venv-bench

DEMO ?= $(firstword $(sort $(wildcard fixtures/*.txt)))
BENCH_CORPUS ?= fixtures
BENCH_OPTIONS ?=
BIN := .venv/bin

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

demo: venv
	@test -n "$(DEMO)" || { echo "make demo: no article in fixtures/; name one with make demo DEMO=PATH" >&2; exit 1; }
	@$(BIN)/extractor extract "$(DEMO)" --format json

test: venv-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q
	$(BIN)/extractor rules check
	$(BIN)/extractor rules test

bench: venv-bench
	@$(BIN)/python -m bench.run $(BENCH_OPTIONS) -- "$(BENCH_CORPUS)"

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
