# shellcheck shell=bash
# The settings of the portal for one purpose, as environment variables. What is set already stays.

environment_for() {
  local purpose=$1
  default LANG C.UTF-8
  default PYTHONUNBUFFERED 1
  case $purpose in
    demo) demo_environment ;;
    test | bench) trial_environment "$purpose" ;;
  esac
}

# A portal to try out on this machine: no HTTPS, one secret key that stays, mail into the local post box.
demo_environment() {
  default DEMO 1
  [[ -n ${SECRET_KEY-} ]] || make_secret_key
  default SECRET_KEY "$(cat "$ROOT/var/secret-key")"
  default BASE_URL "http://127.0.0.1:${PORT:-8000}"
  default MAIL_PORT "$(remembered mail-port 1025)"
  default GEOCODER_PORT "$(remembered geocoder-port 8025)"
  default EMAIL_URL "smtp://127.0.0.1:$MAIL_PORT"
  default GEOCODER_URL "http://127.0.0.1:$GEOCODER_PORT/bzk/locatieserver/search/v3_1/"
  default MAIL_SINK_DIR "$ROOT/var/mail"
  default CELERY_BEAT_SCHEDULE_FILENAME "$ROOT/var/run/celerybeat-schedule"
}

# As in production, save for HTTPS: nothing is shown of a mistake, and no demo doors are open.
trial_environment() {
  default SECRET_KEY "only-for-$1-on-this-machine-0123456789-abcdefghijklmnopqrstuvwxyz"
  default HTTPS 0
  [[ $1 != test ]] || default MEMORY_SECONDS 0
  [[ $1 != bench ]] || default LOG_LEVEL WARNING
  default ALLOWED_HOSTS "127.0.0.1,localhost,testserver"
  default MEDIA_ROOT "$ROOT/var/$1/media"
  default MAIL_SINK_DIR "$ROOT/var/$1/mail"
  default CELERY_BEAT_SCHEDULE_FILENAME "$ROOT/var/$1/celerybeat-schedule"
  mkdir -p "$MEDIA_ROOT" "$MAIL_SINK_DIR"
}

default() { [[ -n ${!1-} ]] || export "$1=$2"; }

make_secret_key() {
  mkdir -p "$ROOT/var"
  [[ -s $ROOT/var/secret-key ]] \
    || (umask 077 && head -c 48 /dev/urandom | base64 -w 0 | tr '+/' '-_' >"$ROOT/var/secret-key")
}

# A port that script/start chose, so that script/manage in another terminal finds it.
remembered() { cat "$ROOT/var/run/$1" 2>/dev/null || echo "$2"; }

free_port() { "$PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

port_is_free() {
  "$PYTHON" -c 'import socket, sys
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", int(sys.argv[1])))' "$1" 2>/dev/null
}
