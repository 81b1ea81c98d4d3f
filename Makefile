# On Windows there is no make: docs/how-to/operate.md gives the same commands with `uv run`.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo demo-full test lint bench bench-load clean

BIN := .venv/bin
PORT ?= 8050
# The version to which an office may go back; it must read what the locked one writes.
PREVIOUS_DUCKDB := 1.5.6
DUCKDB_TESTS := $(addprefix tests/etl/test_,$(addsuffix .py,as_of changes deadlines golden kill pipeline warehouse))

# uv, the Chromium and the LibreOffice of the tests, as far as scripts/setup.sh had to provide them.
export PATH := $(CURDIR)/.tools/bin:$(PATH)

help: ## Liệt kê các lệnh / list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/.synced ## Nạp số liệu đã công bố, mở bảng theo dõi / load the published figures, open the board
	$(BIN)/etl run data/raw/published
	$(BIN)/etl status
	$(BIN)/dashboard serve --port $(PORT)

demo-full: export GENDER_STATS_DATA_DIRECTORY := data-full
demo-full: .venv/.synced ## Bảng đầy đủ bằng số liệu minh họa, để riêng / the full board on made-up figures, kept apart
	$(BIN)/python -m scripts.demo_full $$GENDER_STATS_DATA_DIRECTORY
	$(BIN)/dashboard serve --port $(PORT)

test: lint .tools/bin/chromium .tools/bin/soffice .tools/npm .tools/duckdb-$(PREVIOUS_DUCKDB) ## Kiểm tra mã nguồn và chạy mọi kiểm thử / lint, then run every test
	PYTHONPATH=.tools/duckdb-$(PREVIOUS_DUCKDB) $(BIN)/python -m pytest -q -n auto $(DUCKDB_TESTS)
	$(BIN)/python -m pytest -n auto --cov

lint: .venv/.synced ## Kiểm tra mã nguồn / ruff, mypy, import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.synced ## Đo tốc độ và bộ nhớ / measure speed and memory
	$(BIN)/python -m bench

bench-load: .venv/.synced .tools/bin/chromium ## Đo bảng theo dõi với 50 người đọc cùng lúc / the board under 50 readers
	$(BIN)/python -m bench.load

clean: ## Xóa môi trường và bộ nhớ đệm, giữ nguyên số liệu / remove environment and caches, keep the data
	rm -rf .venv .tools .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache artefacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.synced: pyproject.toml uv.lock
	@scripts/setup.sh python

.tools/bin/chromium: | .venv/.synced
	@scripts/setup.sh chromium

.tools/bin/soffice: | .venv/.synced
	@scripts/setup.sh soffice

.tools/npm: tests/browser/package-lock.json | .venv/.synced
	@scripts/setup.sh npm
	@touch $@

.tools/duckdb-%: | .venv/.synced
	@uv pip install --quiet --python $(BIN)/python --no-deps --target $@.part duckdb==$*
	@mv $@.part $@
