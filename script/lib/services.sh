# shellcheck shell=bash
# A private PostgreSQL with PostGIS and a private Redis for one purpose: demo, test or bench.
#
#   services_up PURPOSE    starts what does not run yet, and sets DATABASE_URL and REDIS_URL
#   services_down          stops both when nobody else uses them any more
#
# Every run of the tests gets a database of its own, so that several can go on at once.
# Data lie in var/postgres/PURPOSE and var/redis/PURPOSE. Both listen on a unix socket only, in a folder
# that no other user can enter, so no password and no port is needed and no other server is ever touched.
# Whoever uses them holds a shared lock; the last to let go stops them. A killed script lets go by itself.
# A DATABASE_URL or REDIS_URL that is set already is used instead, and then nothing is started for it.

services_up() {
  PURPOSE=$1 OWNER=$(service_owner)
  SERVICE_ID=$(service_id)
  SOCKETS=/tmp/movisie-$SERVICE_ID/$PURPOSE
  DATABASE=movisie
  [[ $PURPOSE != test ]] || DATABASE=movisie_$$
  mkdir -p "$ROOT/var/run" "$ROOT/var/log"
  exec {in_use}>>"$ROOT/var/run/$PURPOSE.users"
  flock -s "$in_use"
  begin_change
  [[ -n ${DATABASE_URL-} && -n ${REDIS_URL-} ]] || make_folders
  [[ -n ${DATABASE_URL-} ]] || start_postgres
  [[ -n ${REDIS_URL-} ]] || start_redis
  end_change
}

services_down() {
  [[ -n ${in_use-} ]] || return 0
  begin_change
  [[ $PURPOSE != test || -z ${PRIVATE_POSTGRES-} ]] || drop_databases "movisie_$$(_.*)?"
  if flock -n -x "$in_use"; then
    [[ -z ${PRIVATE_REDIS-} ]] || stop_redis
    [[ -z ${PRIVATE_POSTGRES-} ]] || stop_postgres
    [[ -z ${PRIVATE_POSTGRES-}${PRIVATE_REDIS-} ]] || rmdir "$SOCKETS" "${SOCKETS%/*}" 2>/dev/null || true
  fi
  end_change
  exec {in_use}>&-
  unset in_use
}

# One script at a time starts or stops servers. (A script that is stopped halfway begins its change anew.)
begin_change() {
  end_change
  exec {changing}>>"$ROOT/var/run/$PURPOSE.change"
  flock "$changing"
}

end_change() {
  [[ -z ${changing-} ]] || exec {changing}>&-
  unset changing
}

# Two checkouts, or two users of one, never meet.
service_id() { printf '%s' "$ROOT:$EUID" | sha256sum | cut -c 1-12; }

# PostgreSQL refuses to run as root; then the user that its package made runs both servers, else nobody.
service_owner() {
  if ((EUID != 0)); then id -un; elif id postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi
}

as_owner() { (become_owner "$@"); }

# In a subshell only: the command takes its place.
become_owner() {
  if ((EUID == 0)); then
    cd / && exec setpriv --reuid="$OWNER" --regid="$(id -g "$OWNER")" --init-groups env HOME=/ "$@"
  fi
  exec "$@"
}

# The same for a server that stays: without the open files of this script, whose locks it would hold on to.
become_server() {
  local fd
  for fd in /proc/self/fd/*; do
    fd=${fd##*/}
    ((fd < 3)) || eval "exec $fd>&-"
  done
  exec </dev/null
  become_owner "$@"
}

# A folder of the owner's alone. Refused when somebody else made it first: it may be a trap.
private_folder() {
  mkdir -m 700 "$1" 2>/dev/null && chown "$OWNER" "$1"
  [[ ! -L $1 && -d $1 && $(stat -c %U:%a "$1") == "$OWNER:700" ]] \
    || die "Refused: $1 exists and is not a private folder of user $OWNER. Remove it and try again."
}

make_folders() {
  local name
  private_folder "${SOCKETS%/*}"
  private_folder "$SOCKETS"
  for name in postgres redis; do data_folder "$name"; done
}

# var/NAME, or where the owner cannot reach that (a checkout under /root), a folder in /var/tmp behind a link.
data_folder() {
  local here=$ROOT/var/$1 elsewhere=/var/tmp/movisie-portal-$SERVICE_ID
  [[ ! -L $here || $(readlink "$here") == "$elsewhere/$1" ]] || rm "$here" # a copied checkout
  if [[ ! -e $here ]]; then
    mkdir -m 700 "$here" && chown "$OWNER" "$here"
    if ! as_owner test -w "$here"; then
      rmdir "$here"
      private_folder "$elsewhere"
      private_folder "$elsewhere/$1"
      ln -sfn "$elsewhere/$1" "$here"
    fi
  fi
  as_owner test -w "$(readlink -f "$here")" || die "Refused: user $OWNER cannot write in $here."
}

# --- PostgreSQL

start_postgres() {
  local data log=$ROOT/var/log/postgres-$PURPOSE.log
  data=$(readlink -f "$ROOT/var/postgres")/$PURPOSE
  postgres_programs "$data"
  if ! postgres_answers; then
    private_log "$log"
    forget_dead_postgres "$data"
    as_owner test -s "$data/PG_VERSION" || create_cluster "$data" "$log"
    (become_server "$PG_BIN/pg_ctl" start -D "$data" -w -t 60 -s -o "$(postgres_settings)") >>"$log" 2>&1 \
      || postgres_answers || die "PostgreSQL did not start. See $log"
    [[ $PURPOSE != test ]] || drop_databases "movisie_.*"
  fi
  PRIVATE_POSTGRES=$data
  database_exists "$DATABASE" || in_postgres createdb "$DATABASE"
  export DATABASE_URL="postgis://movisie@/$DATABASE?host=$SOCKETS"
}

# in_postgres PROGRAM ARGUMENTS: a client program on our server.
in_postgres() {
  local program=$PG_BIN/$1
  shift
  as_owner "$program" -h "$SOCKETS" -U movisie "$@"
}

database_exists() {
  in_postgres psql -d postgres -qtAc "SELECT 1 FROM pg_database WHERE datname = '$1'" | grep -q 1
}

# The databases of test runs, also those that a killed run left behind.
drop_databases() {
  local name
  in_postgres psql -d postgres -qtAc "SELECT datname FROM pg_database WHERE datname ~ '^(test_)?$1\$'" \
    | while read -r name; do in_postgres dropdb --force "$name"; done
}

# Of the user who runs the script alone: it may tell of rows.
private_log() { (umask 077 && : >>"$1" && chmod go-rwx "$1"); }

# The programs of the version that made the cluster: a newer one cannot read it.
postgres_programs() {
  local version=""
  version=$(as_owner cat "$1/PG_VERSION" 2>/dev/null) || true
  PG_BIN=$(find_postgres "$version") \
    || die "No PostgreSQL ${version:-$POSTGRES_MINIMUM or newer} with PostGIS is installed${version:+; $1 needs it}."
}

create_cluster() {
  local unfinished=$1.new
  as_owner rm -rf "$unfinished"
  as_owner "$PG_BIN/initdb" -D "$unfinished" -U movisie --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
    --locale-provider=icu --icu-locale=nl >>"$2" 2>&1 || die "PostgreSQL made no cluster. See $2"
  as_owner mv "$unfinished" "$1"
}

# The log gets neither statements nor the values that a refusal names: residents' words and addresses are in them.
# Only the cluster of the tests may lose data when the machine stops.
postgres_settings() {
  local settings="-k $SOCKETS -c listen_addresses= -c shared_buffers=256MB -c work_mem=16MB -c jit=off"
  settings+=" -c maintenance_work_mem=128MB -c random_page_cost=1.1 -c max_wal_size=2GB -c timezone=UTC"
  settings+=" -c log_min_error_statement=panic -c log_error_verbosity=terse"
  [[ $PURPOSE != test ]] || settings+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  echo "$settings"
}

postgres_answers() { as_owner "$PG_BIN/pg_isready" -q -h "$SOCKETS"; }

# After a hard kill postmaster.pid names a process that is gone, or by now quite another one, which would
# keep PostgreSQL from starting. One that still runs here but does not answer gets time, then is stopped.
forget_dead_postgres() {
  local pid tries
  pid=$(as_owner head -n 1 "$1/postmaster.pid" 2>/dev/null) || return 0
  [[ -d /proc/$pid ]] || return 0 # PostgreSQL itself clears this up, once its last child is gone
  if [[ $(as_owner readlink "/proc/$pid/cwd") != "$1" ]]; then
    as_owner rm -f "$1/postmaster.pid" "$SOCKETS"/.s.PGSQL.*
    return
  fi
  for ((tries = 0; tries < 100; tries++)); do
    if postgres_answers; then return; fi
    sleep 0.2
  done
  as_owner "$PG_BIN/pg_ctl" stop -D "$1" -m fast -w -s >&2 || true
}

postgres_pid() { as_owner head -n 1 "$PRIVATE_POSTGRES/postmaster.pid"; }

stop_postgres() { as_owner "$PG_BIN/pg_ctl" stop -D "$PRIVATE_POSTGRES" -m fast -w -s >&2 || true; }

# --- Redis

start_redis() {
  local data log=$ROOT/var/log/redis-$PURPOSE.log tries keep=yes number=0
  data=$(readlink -f "$ROOT/var/redis")/$PURPOSE
  [[ $PURPOSE == demo ]] || keep=no
  [[ $PURPOSE != test ]] || number=$(($$ % 32 * 2)) # and the next for a second worker
  as_owner mkdir -p "$data"
  if [[ $(redis_answer) != PONG ]]; then
    become_server setsid redis-server --port 0 --unixsocket "$SOCKETS/redis.sock" --unixsocketperm 700 \
      --dir "$data" --save "" --appendonly "$keep" --databases 64 >>"$log" 2>&1 &
    disown
    for ((tries = 0; tries < 100; tries++)); do
      [[ $(redis_answer) != PONG ]] || break
      sleep 0.1
    done
    [[ $(redis_answer) == PONG ]] || die "Redis did not start. See $log"
  fi
  PRIVATE_REDIS=$SOCKETS/redis.sock
  export REDIS_URL="unix://$SOCKETS/redis.sock?db=$number"
}

redis_answer() { as_owner redis-cli -s "$SOCKETS/redis.sock" ping 2>/dev/null || true; }

redis_pid() { as_owner redis-cli -s "$PRIVATE_REDIS" info server | tr -d '\r' | sed -n 's/^process_id://p'; }

stop_redis() { as_owner redis-cli -s "$PRIVATE_REDIS" shutdown >/dev/null 2>&1 || true; }
