# Everything starts from here, on a machine with Python 3.11 or newer and make:
#   make demo      install into .venv and extract one of the project's own articles
#   make test      every check and test
#   make test-spark      the tests on a Spark cluster of this machine (needs Java 17)
#   make test-versions   the quick tests under every other supported Python found here
#   make soak      long runs: 200,000 documents killed and resumed, 200,000 mutated texts, hostile ones of a million
#                  characters; SOAK_CORPUS=PATH, SOAK_OPTIONS="--kills 3", FUZZ_OPTIONS="--seed 1"
#   make audit     licences of what the package needs, and known weaknesses where the package index tells them
#   make lock      pin everything that checks, tests and benchmarks use, with hashes, in requirements/; `make venv-dev`,
#                  -spark and -bench install exactly that. LOCK_OPTIONS="--upgrade" takes newer versions
#   make dist      sdist and wheel in dist/, the same bytes from the same commit, with their checksums
#   make compiled  the package with its hot path compiled to C, in build/compiled/; needs a C compiler
#   make bench     speed against the floor and against a peer, of the compiled package where there is a C compiler;
#                  BENCH_CORPUS=PATH, BENCH_OPTIONS="--sample 300", PURE=1 for that of pure Python
#   make format    let ruff lay the code out
#   make clean     remove .venv and everything that was built
.DEFAULT_GOAL := demo
.PHONY: demo test test-spark test-versions soak audit lock dist compiled bench format clean venv venv-dev venv-bench venv-spark venv-tools

DEMO ?= $(firstword $(sort $(wildcard fixtures/*.txt)))
BENCH_CORPUS ?= fixtures
BENCH_OPTIONS ?=
SOAK_CORPUS ?= fixtures
SOAK_OPTIONS ?=
FUZZ_OPTIONS ?=
LOCK_OPTIONS ?=
BIN := .venv/bin
TOOLS := .venv-tools/bin
# What `pip install` is told to install a file of pinned packages.
LOCKED := --require-hashes -r requirements

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

# The same quick tests under each other Python of the machine: those on the PATH and those of pyenv, each version once
# and not that of .venv, which `make test` has tested.
test-versions:
	@told=" $$($(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) "; \
	for p in $$(ls -d $$HOME/.pyenv/versions/3.1[1-9]*/bin/python 2>/dev/null; command -v python3.11 python3.12 python3.13 python3.14); do \
	  v="$$($$p -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" || continue; \
	  case "$$told" in *" $$v "*) continue;; esac; \
	  told="$$told$$v "; \
	  echo "== Python $$v" && $$p -m venv --clear .venv-$$v && \
	  .venv-$$v/bin/python -m pip install -qq $(LOCKED)/dev.txt && \
	  .venv-$$v/bin/python -m pip install -qq --no-deps --no-build-isolation --editable . && \
	  .venv-$$v/bin/python -m pytest -q -m "not slow and not spark" && rm -rf .venv-$$v || exit 1; \
	done

audit: venv-dev venv-tools
	$(BIN)/python tools/licences.py
	$(BIN)/python tools/audit.py $(TOOLS)/pip-audit requirements/*.txt

lock: venv-tools
	$(call pin,tools,--group tools)
	$(call pin,dev,--extra dev)
	$(call pin,spark,--extra dev --extra spark)
	$(call pin,bench,--extra dev --extra bench)

dist: venv-dev
	rm -rf dist
	SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct)" $(BIN)/python -m build --no-isolation .
	@cd dist && sha256sum *

compiled: venv-dev
	@$(BIN)/python tools/compiled.py

bench: venv-bench
	@$(BIN)/python $(if $(PURE),,tools/compiled.py run) -m bench.run $(BENCH_OPTIONS) -- "$(BENCH_CORPUS)"

soak: venv-dev
	@PYTHONPATH=. $(BIN)/python tools/soak.py $(SOAK_OPTIONS) -- "$(SOAK_CORPUS)"
	@PYTHONPATH=. $(BIN)/python tools/fuzz.py $(FUZZ_OPTIONS) -- "$(SOAK_CORPUS)"
	@$(BIN)/python -m bench.hostile

format: venv-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv .venv-* build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	$(call install,run,--editable .)

venv-dev:
	$(call install,dev,$(LOCKED)/dev.txt)

venv-spark:
	$(call install,spark,$(LOCKED)/spark.txt)

venv-bench:
	$(call install,bench,$(LOCKED)/bench.txt)

venv-tools:
	@test -x $(TOOLS)/uv || { $(MAKE) -s venv && $(BIN)/python -m venv --clear .venv-tools; }
	@$(TOOLS)/python -m pip install -qq $(LOCKED)/tools.txt

# $(call pin,NAME,WHAT): resolve WHAT of pyproject.toml for every system and Python into requirements/NAME.txt.
# The versions of the files before are kept unless LOCK_OPTIONS says otherwise.
pin = $(TOOLS)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
  $(LOCK_OPTIONS) $(2) $(if $(filter spark bench,$(1)),-c requirements/dev.txt) pyproject.toml -o requirements/$(1).txt

# $(call install,LEVEL,WHAT): put WHAT into .venv, and the checkout itself, unless its stamp says that this very
# pyproject.toml with these very pins is installed from this very folder. A .venv of another folder (a moved or copied
# checkout) or without a working Python is made anew. The stamp goes by content: a clone or a checkout gives files new
# times.
define install
	@key="$$(cat pyproject.toml requirements/*.txt | cksum)"; \
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
	  $(BIN)/python -m pip install -qq $(2) >&2 || exit 1; \
	  test $(1) = run || $(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable . >&2 || exit 1; \
	  printf '%s\n' "$$key" | tee .venv/.installed-run > .venv/.installed-$(1); \
	fi; \
	$(BIN)/python -m compileall -q extractor
endef
