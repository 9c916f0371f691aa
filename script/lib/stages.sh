# shellcheck shell=bash
# One line for each stage of script/test, with its time; what a failing stage said is shown below its line.

STAGES_FAILED=() STAGES_BEGAN=$SECONDS

# stage NAME COMMAND...: its output is shown only when it fails.
stage() {
  local name=$1 output began=$EPOCHREALTIME
  shift
  output=$(mktemp)
  if "$@" </dev/null >"$output" 2>&1; then
    stage_line "ok" "$name" "$began"
  else
    stage_line "FAILED" "$name" "$began"
    sed 's/^/    /' "$output"
    STAGES_FAILED+=("$name")
  fi
  rm -f "$output"
}

# stage_shown NAME COMMAND...: for what takes long, its output is shown as it comes.
stage_shown() {
  local name=$1 began=$EPOCHREALTIME code=0
  shift
  printf '%-8s%s\n' "..." "$name"
  attend "$@" </dev/null || code=$?
  if ((code == 0)); then
    stage_line "ok" "$name" "$began"
  else
    stage_line "FAILED" "$name" "$began"
    STAGES_FAILED+=("$name")
  fi
}

stage_line() {
  printf '%-8s%-20s%6s s\n' "$1" "$2" "$(LC_ALL=C awk -v a="$3" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')"
}

stages_summary() {
  local took=$((SECONDS - STAGES_BEGAN))
  if ((${#STAGES_FAILED[@]})); then
    printf '\n%d stage(s) FAILED in %d s:\n' "${#STAGES_FAILED[@]}" "$took"
    printf '  %s\n' "${STAGES_FAILED[@]}"
    return 1
  fi
  printf '\nAll stages passed in %d s.\n' "$took"
}
