# `make test` sets up what the tests need and runs them all; `make check` adds what a reviewer would ask for.
.PHONY: test check lint

test:
	cargo test --locked

lint:
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings

check: lint test
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
