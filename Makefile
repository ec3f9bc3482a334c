# `make test` sets up what the tests need and runs them all; `make check` adds what a reviewer would ask for.
.PHONY: test check lint

# warcio and pywb judge the WARC files; they live under target/ and nowhere else.
PYTHON := target/python/bin/python3

test: target/python/ready
	GRIOT_PYTHON="$(CURDIR)/$(PYTHON)" GRIOT_TEST_PYTHON=required cargo test --locked

target/python/ready: tests/requirements.txt
	python3 -m venv target/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

lint:
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings

check: lint test
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
