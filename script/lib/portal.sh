# shellcheck shell=bash
# What every script needs; ROOT is set by the script.
PYTHON=$ROOT/.venv/bin/python

# shellcheck source=script/lib/say.sh
. "$ROOT/script/lib/say.sh"
# shellcheck source=script/lib/system.sh
. "$ROOT/script/lib/system.sh"
# shellcheck source=script/lib/environment.sh
. "$ROOT/script/lib/environment.sh"
# shellcheck source=script/lib/services.sh
. "$ROOT/script/lib/services.sh"
# shellcheck source=script/lib/processes.sh
. "$ROOT/script/lib/processes.sh"
