# Developers' targets; ./up and ./up test need none of them.
PY = .venv/bin/python
TREE = opsdesk catalog orders promotions support

.PHONY: check format types imports schema sop-map messages handbook bench
check: ## everything but the tests
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy $(TREE) tests
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/python scripts/check_project.py

format:
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

schema: ## write docs/openapi.yaml from the code
	OPSDESK_SECRET_KEY=schema $(PY) manage.py spectacular --file docs/openapi.yaml --validate --fail-on-warn

messages: ## bring the catalogs to the source and compile them
	$(PY) scripts/messages.py

handbook: ## write the handbook's pages in 繁體 from those in 简体
	$(PY) -m scripts.handbook

sop-map: ## requirement -> rule, door, tests (IDS="O14 C12" fails for those not proven)
	@$(PY) scripts/sop_map.py $(IDS)

bench: ## ratios of order intake against raw SQL
	./up bench
