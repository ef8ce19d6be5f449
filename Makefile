# Everything starts from a fresh clone with Python 3.11+ and make. See README.md and CONTRIBUTING.md.
.DEFAULT_GOAL := help
.PHONY: help install demo test check proof bench docs pictures lock frontend clean

PORT ?= 8000
BIN := .venv/bin

help:
	@echo 'make demo      装好并打开演示区  http://127.0.0.1:$(PORT)/  （换端口：make demo PORT=8080）'
	@echo 'make install   只装环境，得到 .venv/bin/gongkai'
	@echo 'make test      装好测试所需，跑全部测试（SQLite 和 PostgreSQL）'
	@echo 'make check     风格、类型、分层、迁移、生成的文档'
	@echo 'make proof     长时间的证明性测试'
	@echo 'make bench     基准测试，结果写进 docs/measured.md'
	@echo 'make docs      由规则代码和手册重新生成 docs/reference 和桌面的帮助'
	@echo 'make pictures  由演示区重新拍 README 和手册的图'
	@echo 'make lock      重新锁定依赖（UPGRADE=1 时升级）'
	@echo 'make frontend  由 npm 更新随库保存的前端文件'
	@echo 'make clean     删去环境和缓存（不动数据目录 var）'

install:
	@scripts/install base

demo: install
	@$(BIN)/gongkai demo --port $(PORT)

test:
	@scripts/install dev
	@scripts/test-system
	@scripts/test

check:
	@scripts/install dev
	@scripts/check

proof:
	@scripts/install dev
	@scripts/test-system
	@$(BIN)/python -m pytest -q -m proof

bench:
	@scripts/install dev
	@scripts/bench

docs:
	@scripts/install dev
	@$(BIN)/python scripts/generate_docs.py

pictures:
	@scripts/install dev
	@scripts/test-system
	@$(BIN)/python scripts/make_pictures.py

lock: install
	@scripts/lock $(if $(UPGRADE),--upgrade)

frontend: install
	@$(BIN)/python scripts/refresh_frontend.py

clean:
	rm -rf .venv build dist src/*.egg-info .pytest_cache .hypothesis .ruff_cache .mypy_cache .import_linter_cache
	find src tests scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
