# shellcheck shell=bash
# Running programs so that none is left behind, however this script ends: every one gets SIGTERM when the
# script stops, even after a SIGKILL of the script (that is what --pdeathsig is for).

declare -A RUNNING=() WATCHED=()

# Runs one command in the foreground, with our standard input; passes SIGTERM on; returns its exit code.
attend() {
  local pid="" code interrupted=yes asked=""
  # Ctrl-C reaches the command by itself; here it would cut `wait` short, and bash then may lose the exit code.
  trap '' INT
  # Before the command starts: it may answer, and we be asked to end, before bash gets to its next line.
  trap 'interrupted=yes asked=yes; [[ -z $pid ]] || kill -TERM "$pid" 2>/dev/null || true' TERM
  env --default-signal=INT,QUIT setpriv --pdeathsig TERM -- "$@" <&0 &
  pid=$!
  [[ -z $asked ]] || kill -TERM "$pid" 2>/dev/null || true
  while [[ -n $interrupted ]]; do
    interrupted="" code=0
    wait "$pid" || code=$?
  done
  trap - INT TERM
  return "$code"
}

# launch NAME COMMAND...: in the background, in a group of its own, with var/log/NAME.log.
launch() {
  local name=$1
  shift
  setpriv --pdeathsig TERM -- setsid "$@" </dev/null >"$ROOT/var/log/$name.log" 2>&1 &
  RUNNING[$!]=$name
  disown $! 2>/dev/null || true # or bash would tell of its end in its own words; it may have ended already
}

# Has a server of ours that was not launched here watched too: watch NAME PID
watch() { WATCHED[$2]=$1; }

# The process id of the first program that ended, which none should; nothing while all run.
ended() {
  local pid
  for pid in "${!RUNNING[@]}" "${!WATCHED[@]}"; do
    kill -0 "$pid" 2>/dev/null || { echo "$pid" && return; }
  done
}

tell_end() {
  local name=${RUNNING[$1]-${WATCHED[$1]-}}
  say "" "\"$name\" stopped by itself, so everything is stopped. The end of var/log/$name.log:"
  tail -n 15 "$ROOT/var/log/$name.log" >&2
}

# Asks all launched programs to end, and makes them end when they take too long.
readonly PATIENCE=${PATIENCE:-10} # seconds

stop_all() {
  local pid tries
  ((${#RUNNING[@]})) || return 0
  kill -TERM "${!RUNNING[@]}" 2>/dev/null || true
  for ((tries = 0; tries < PATIENCE * 10; tries++)); do
    for pid in "${!RUNNING[@]}"; do
      kill -0 "$pid" 2>/dev/null || unset "RUNNING[$pid]"
    done
    ((${#RUNNING[@]})) || return 0
    sleep 0.1
  done
  for pid in "${!RUNNING[@]}"; do kill -KILL -- "-$pid" 2>/dev/null || true; done
}
