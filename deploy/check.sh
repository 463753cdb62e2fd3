#!/bin/sh
# The static checks, in one place; ./test calls it. All run, and the answer is whether every one passed.
cd "$(dirname "$0")/.." || exit 1
PATH="$PWD/.venv/bin:$PATH"
failed=""

check() {
  echo "- $*"
  "$@" || failed="$failed [$*]"
}

check ruff format --check --quiet . .ci
check ruff check --quiet . .ci serve test
check mypy --no-incremental
check lint-imports --cache-dir .import_linter_cache
check python manage.py check --fail-level WARNING
check python manage.py makemigrations --check --dry-run

[ -z "$failed" ] && exit 0
echo "Failed:$failed" >&2
exit 1
