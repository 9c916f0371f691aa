# shellcheck shell=bash
# What the machine itself must offer: Python, PostgreSQL with PostGIS, Redis, GDAL, a compiler, gettext.
# Each thing is looked for where it is used, not in a package database, so any way of installing it counts.

readonly PYTHON_MINIMUM="3, 11" POSTGRES_MINIMUM=15 NODE_MINIMUM=20

# The first Python that is new enough; fails when there is none.
find_python() {
  local name
  for name in python3 python3.13 python3.12 python3.11; do
    "$name" -c "import sys; sys.exit(sys.version_info < ($PYTHON_MINIMUM))" 2>/dev/null || continue
    command -v "$name"
    return
  done
  return 1
}

# The folder with the programs of the newest PostgreSQL that has PostGIS; of one version only, when that is not empty.
find_postgres() {
  local wanted=$1 bin share version
  for bin in $(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -rV); do
    [[ -x $bin/postgres && -x $bin/initdb ]] || continue
    version=$("$bin/postgres" --version | grep -oE '[0-9]+' | head -n 1)
    share=$("$bin/pg_config" --sharedir 2>/dev/null || echo "/usr/share/postgresql/$version")
    ((version >= POSTGRES_MINIMUM)) && [[ -f $share/extension/postgis.control ]] || continue
    [[ -z $wanted || $version == "$wanted" ]] || continue
    echo "$bin"
    return
  done
  return 1
}

# A browser that starts. CHROMIUM names one; on Ubuntu `chromium-browser` may be an empty shell around a snap.
find_chromium() {
  local name
  for name in "${CHROMIUM-}" chromium-headless-shell chromium google-chrome google-chrome-stable chromium-browser; do
    [[ -n $name ]] || continue
    "$name" --version >/dev/null 2>&1 || continue
    command -v "$name"
    return
  done
  return 1
}

find_node() {
  local version
  version=$(node --version 2>/dev/null) || return 1
  version=${version#v}
  ((${version%%.*} >= NODE_MINIMUM)) && command -v npm >/dev/null && command -v node
}

has_library() { PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | grep "$1" >/dev/null; }

on_ubuntu() { grep -qs '^ID=ubuntu' /etc/os-release; }

# Debian and Ubuntu packages that are missing to run the portal, one a line.
missing_to_run() {
  find_postgres "" >/dev/null || echo postgresql-postgis
  { command -v redis-server && command -v redis-cli; } >/dev/null || echo redis-server
  has_library 'libgdal\.so' || echo gdal-bin
  command -v msgfmt >/dev/null || echo gettext
  # What WeasyPrint sets pages with, and a font to set them in.
  has_library 'libpangoft2-1\.0\.so' \
    || printf '%s\n' libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core
}

# Packages that are missing to make the virtual environment: psycopg2 is compiled, so that it shares
# the TLS library with GDAL.
missing_to_build() {
  local python prefix=python3 include
  if python=$(find_python); then
    include=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')
    [[ $python == */python3.* ]] && prefix=${python##*/}
    [[ -f $include/Python.h ]] || echo "$prefix-dev"
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo "$prefix-venv"
  else
    on_ubuntu && grep -q '"22\.' /etc/os-release && prefix=python3.11
    printf '%s\n' "$prefix" "$prefix-dev" "$prefix-venv"
  fi
  command -v gcc >/dev/null || echo gcc
  [[ -f /usr/include/stdio.h ]] || echo libc6-dev
  pg_config --includedir >/dev/null 2>&1 && [[ -f $(pg_config --includedir)/libpq-fe.h ]] || echo libpq-dev
  [[ -d /etc/ssl/certs ]] || echo ca-certificates
}

# Ubuntu has only a snap of Chromium, which does not run everywhere; there one must be brought (need_browser).
missing_to_test() { find_chromium >/dev/null || on_ubuntu || echo chromium-headless-shell; }

need_browser() {
  find_chromium >/dev/null || die "The tests need a browser, and none was found that starts." \
    "Install Google Chrome, or name a Chromium:  CHROMIUM=/path/to/chromium script/test"
}
