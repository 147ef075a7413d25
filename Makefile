# On Record: `make run` opens the dashboard, `make test` runs every test, `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# where to serve; unset, the settings say (127.0.0.1, 8501)
PORT ?=
ADDRESS ?=
# Python 3.11 or newer that can make virtual environments
PYTHON ?= $(shell command -v python3.11 || command -v python3)
# address of an index that offers CPU builds of PyTorch; README.md says where to find it
TORCH_INDEX ?=

# what builds the container
ENGINE ?= docker
DIGEST ?=
UV := 0.13.9

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# packages installed for running, and for testing: one stamp each, older than what it is made from when stale
RUNS := .venv/.runs
TESTS := .venv/.tests

export STREAMLIT_BROWSER_GATHER_USAGE_STATS := false
export TOKENIZERS_PARALLELISM := false
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help run serve test test-cluster setup build lint strings chromium constraints serve-lock image clean

help: ## list what make can do here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup build serve ## set up, build the archive if its inputs changed, open the dashboard on PORT (8501)

serve: $(RUNS) ## open the dashboard on the archive that is there
	@echo "→ dashboard  (Ctrl-C stops it)"
	@exec $(BIN)/python -m analysis serve $(if $(PORT),--port $(PORT)) $(if $(ADDRESS),--address $(ADDRESS))

test: $(TESTS) chromium lint ## set up and run every test
	@echo "→ tests"
	@$(BIN)/python -m pytest

test-cluster: $(TESTS) ## install Ray and test builds on a cluster of two nodes (about three minutes)
	@$(PIP) install -r requirements-cluster.txt
	@$(BIN)/python -m pytest tests/cluster

setup: $(RUNS) ## make .venv and install the pinned packages

build: $(RUNS) ## build the archive from the shipped data if its inputs changed
	@echo "→ archive: building what changed since the last release"
	@$(BIN)/python -m analysis build

lint: $(TESTS) ## check style and types
	@echo "→ style and types"
	@$(BIN)/ruff format --check . || { echo "run: $(BIN)/ruff format ." >&2; exit 1; }
	@$(BIN)/ruff check .
	@$(BIN)/mypy

strings: $(RUNS) ## renew locale/ from the words in the program; translations stay
	@$(BIN)/python -m pages.parts.strings

.venv/bin/python:
	@echo "→ virtual environment in .venv ($(PYTHON))"
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed and was not found; on Debian: apt-get install python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(PYTHON) is older than 3.11; name another with: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  version=$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "→ Debian's python$$version-venv, which virtual environments need"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python$$version-venv >/dev/null; \
	  else echo "Python's venv module is missing; on Debian: sudo apt-get install python$$version-venv" >&2; exit 1; fi; }
	@rm -rf .venv && $(PYTHON) -m venv .venv

$(RUNS): .venv/bin/python requirements.txt requirements-serve.txt constraints.txt
	@echo "→ packages that run On Record (about 1 GB on the first install; a few minutes)"
	@if [ -n "$(TORCH_INDEX)" ]; then $(PIP) install --index-url "$(TORCH_INDEX)" torch==2.13.0; fi
	@$(PIP) install -r requirements.txt
	@touch $@

$(TESTS): $(RUNS) requirements-dev.txt
	@echo "→ packages that test On Record"
	@$(PIP) install -r requirements-dev.txt
	@touch $@

# playwright's driver needs libatomic, which a small Debian lacks
chromium:
	@if command -v chromium >/dev/null && { [ "$$(uname)" != Linux ] || /sbin/ldconfig -p | grep -q 'libatomic\.so\.1'; }; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "→ Debian's Chromium, for the browser tests"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	      chromium libatomic1 fonts-dejavu-core >/dev/null; } \
	    || echo "  could not be installed: the browser tests will be skipped"; \
	else echo "→ no Chromium here, or no libatomic: the browser tests will be skipped"; \
	  echo "  (on Debian: sudo apt-get install chromium libatomic1)"; fi

# UV: pinned, in an environment of its own; it alone can list the hashes of every platform's wheels
serve-lock: .venv/bin/python ## renew requirements-serve.lock, the container's packages with their hashes
	@[ -x .venv/uv/bin/uv ] || { $(BIN)/python -m venv .venv/uv && .venv/uv/bin/pip --quiet install uv==$(UV); }
	@{ echo "# What the container installs, each with its hashes. Renew with: make serve-lock"; \
	   .venv/uv/bin/uv pip compile requirements-serve.txt --no-config --quiet --no-header --no-annotate --generate-hashes \
	     --python-version 3.11; } > .venv/serve.lock
	@mv .venv/serve.lock requirements-serve.lock

# BUILDAH_FORMAT: in its own format, podman leaves the health check out
image: ## build the container; DIGEST=sha256:… names the base image, docs/hosting.md says where to read it
	@[[ "$(DIGEST)" =~ ^sha256:[0-9a-f]{64}$$ ]] \
	  || { echo "give the base image's digest: make image DIGEST=sha256:… (docs/hosting.md, “The image”, says how to read it)" >&2; exit 1; }
	@BUILDAH_FORMAT=docker $(ENGINE) build --build-arg DIGEST=$(DIGEST) --build-arg REVISION=$$(git rev-parse --short HEAD) --tag on-record .

constraints: $(TESTS) ## renew constraints.txt from what is installed
	@{ head -n 1 constraints.txt; $(PIP) freeze --exclude-editable | sed -E 's/^(torch==[0-9.]+)\+.*/\1/' | sort -f; } > .venv/constraints.txt
	@mv .venv/constraints.txt constraints.txt

clean: ## remove the virtual environment and the built archive
	rm -rf .venv archive .mypy_cache .ruff_cache .pytest_cache .hypothesis
