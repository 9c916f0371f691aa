#!/usr/bin/env bash
# Fails when a string in code or templates has no Dutch translation, or one marked as uncertain (fuzzy).
# The catalogue is brought up to date in a copy, so a string that was never collected is found too.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

cd "$ROOT"
for folder in */; do
  [[ $folder == locale/ || $folder == templates/ || -f ${folder}__init__.py ]] && cp -r "$folder" "$copy"
done
mkdir -p "$copy/locale"
cd "$copy"
env -u DJANGO_SETTINGS_MODULE "$ROOT/.venv/bin/python" -m django makemessages --locale nl --no-location --verbosity 0

catalogue=locale/nl/LC_MESSAGES/django.po
missing=$(msgattrib --untranslated --no-obsolete "$catalogue")
uncertain=$(msgattrib --only-fuzzy --no-obsolete "$catalogue")
[[ -z $missing ]] || printf '# Without a Dutch translation:\n%s\n' "$missing"
[[ -z $uncertain ]] || printf '# With a translation marked as fuzzy:\n%s\n' "$uncertain"
msgfmt --check-format --output-file=/dev/null "$catalogue"
[[ -z $missing$uncertain ]]
