# shellcheck shell=bash
# A database in which all migrations have run, of which every worker of the tests gets a copy: running them takes
# longer than any test. It stays in the cluster of the tests until a migration, or a package that brings some, changes.

# After services_up test. With a server of somebody else the tests run the migrations themselves.
template_up() {
  [[ -n ${PRIVATE_POSTGRES-} ]] || return 0
  local name sources
  mapfile -t sources < <(find . -path './*/migrations/*.py' -not -path './.venv/*' -not -path './node_modules/*' | LC_ALL=C sort)
  name=migrated_$(checksum requirements/dev.txt "${sources[@]}" | cut -c 1-16)
  begin_change
  database_exists "$name" || make_template "$name"
  end_change
  export TEST_DATABASE_TEMPLATE=$name
}

make_template() {
  local old
  for old in $(in_postgres psql -d postgres -qtAc "SELECT datname FROM pg_database WHERE datname LIKE 'migrat%'"); do
    in_postgres dropdb --force "$old"
  done
  in_postgres createdb migrating
  DATABASE_URL="postgis://movisie@/migrating?host=$SOCKETS" "$PYTHON" manage.py migrate --verbosity 0 >&2
  in_postgres psql -d postgres -qc "ALTER DATABASE migrating RENAME TO $1"
}
