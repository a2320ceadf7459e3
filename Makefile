PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
AUDITED := .venv/audit.txt
# Two for each core, since many tests wait for a process; whoever has done theirs first takes some of the others'.
CORES := $(shell $(PYTHON) -c "import os; print(os.cpu_count() or 1)")
WORKERS := $(shell echo $$((2 * $(CORES))))
TESTS := $(BIN)/pytest -q -n $(WORKERS) --dist worksteal
# What one looks at while writing: the rules, the screens, what works with a SQLite file, and the forms; without what
# is thorough. Each worker collects all of it, so there is one for each core.
QUICK := tests/domain tests/rendering tests/importing tests/operations \
	$(addprefix tests/handlers/test_,recs.py routes.py forms.py update.py home.py conversations.py) \
	-k "not postgresql" -m "not prove and not thorough" \
	$(addprefix --ignore tests/rendering/documents/test_,letter.py docx.py xlsx.py ods.py in_libreoffice.py) \
	--ignore tests/operations/questions/test_export.py $(addprefix --ignore tests/operations/,publishing upkeep)

# The tests start recbot often: it is compiled once.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install demo quick test prove mutants check audit bench years pictures lock wheel sbom
.DEFAULT_GOAL := help

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

install: $(INSTALLED) ## make .venv and install what is locked

demo: $(INSTALLED) ## show recbot at work in a Slack that stands in
	$(BIN)/recbot demo

quick: $(INSTALLED) ## run the part of the tests that takes less than a minute
	$(BIN)/pytest -q -n $(CORES) --dist worksteal $(QUICK)

test: $(INSTALLED) ## run the tests
	$(TESTS)

check: $(INSTALLED) ## run what CI runs: format, lint, types, imports, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(TESTS)

prove: $(INSTALLED) ## show the guarantees under faults and in bulk (RECBOT_PROVE_SCALE=full: at full size)
	$(BIN)/pytest -q -n $(CORES) --dist worksteal -m "prove and not alone"
	$(BIN)/pytest -q -m "prove and alone" tests/prove

mutants: $(INSTALLED) ## change the code in small ways, and print which changes no test notices (takes an hour)
	$(BIN)/python -m tests.mutants

audit: $(INSTALLED) ## ask an advisory service whether a locked package is known to be vulnerable
	@rm -f $(AUDITED)
	$(BIN)/uv tool run pip-audit==2.10.1 --progress-spinner off --disable-pip --require-hashes \
		--requirement requirements.lock --format columns --output $(AUDITED); code=$$?; \
		cat $(AUDITED) 2>/dev/null; test $$code = 0 || test ! -e $(AUDITED)

bench: $(INSTALLED) ## measure how fast recbot answers
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.exports

years: $(INSTALLED) ## measure what recbot costs after ten years of use (IN=folder: keep the registers there)
	$(BIN)/python -m tests.bench.ten_years $(IN)

pictures: $(INSTALLED) ## try the demo's page in Chromium, and take the pictures in docs/pictures
	$(BIN)/pytest -q -m "" tests/browser --pictures docs/pictures

lock: $(INSTALLED) ## write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --all-extras \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--output-file requirements.lock pyproject.toml

wheel: $(INSTALLED) ## build dist: the wheel, the versions that it is tested with, and its list of parts
	rm -rf build dist
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	$(BIN)/python deploy/parts.py constraints run demo > dist/constraints.txt
	$(BIN)/python deploy/parts.py sbom > dist/recbot.cdx.json
	rm -rf build

sbom: ## print the list of parts (CycloneDX), which is the lock's
	@$(PYTHON) deploy/parts.py sbom

$(INSTALLED): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
