#!/usr/bin/env bash
# Runs as root, from packages.sh: apt-install.sh NO_CLUSTER NO_START PACKAGE...
# While packages are installed, two files forbid to create a PostgreSQL cluster and to start any server;
# both are put back as they were afterwards, also when the installation fails.
set -euo pipefail

no_cluster=$1 no_start=$2
shift 2
export DEBIAN_FRONTEND=noninteractive

put_back() {
  rm -f "$no_cluster" "$no_start"
  rmdir --ignore-fail-on-non-empty "$(dirname "$no_cluster")" 2>/dev/null || true
  [[ ! -e $no_start.before-movisie-portal ]] || mv "$no_start.before-movisie-portal" "$no_start"
}
trap put_back EXIT
trap 'exit 130' INT TERM

mkdir -p "$(dirname "$no_cluster")"
echo "create_main_cluster = false" >"$no_cluster"
if [[ -e $no_start && ! -e $no_start.before-movisie-portal ]]; then
  mv "$no_start" "$no_start.before-movisie-portal"
fi
printf '#!/bin/sh\nexit 101\n' >"$no_start"
chmod 755 "$no_start"

apt-get update -q
apt-get install -q -y --no-install-recommends "$@"

# Redis was not here before, so nobody else relies on it: it shall not start with the machine either.
if [[ " $* " == *" redis-server "* ]]; then
  update-rc.d redis-server disable || true
fi
