# shellcheck shell=bash
# Installs missing Debian or Ubuntu packages where that is allowed, and never leaves a server behind that
# was not there: no PostgreSQL cluster is made, and Redis neither starts now nor at the next boot.

readonly NO_CLUSTER=/etc/postgresql-common/createcluster.d/movisie-portal.conf NO_START=/usr/sbin/policy-rc.d

become_root() {
  if ((EUID == 0)); then echo env; elif sudo -n true 2>/dev/null; then echo sudo -n; else return 1; fi
}

# Installs the packages given, or says exactly which are missing and stops.
install_packages() {
  local privilege
  command -v apt-get >/dev/null || refuse_packages "$@"
  privilege=$(become_root) || refuse_packages "$@"
  say "Installing: $*"
  # shellcheck disable=SC2086  # "sudo -n" is two words
  $privilege bash "$ROOT/script/lib/apt-install.sh" "$NO_CLUSTER" "$NO_START" "$@" >&2 \
    || die "apt-get could not install these packages: $*"
  find_postgres "" >/dev/null || die "This system's own packages have no PostgreSQL $POSTGRES_MINIMUM or newer." \
    "Install postgresql-$POSTGRES_MINIMUM-postgis-3 from the packages of the PostgreSQL project, and try again."
}

refuse_packages() {
  say "These packages are missing, and this user may not install them:" "" "  $*" ""
  say "Ask an administrator to run:  apt-get install --no-install-recommends $*"
  exit 1
}
