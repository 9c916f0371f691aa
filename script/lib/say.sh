# shellcheck shell=bash
# Words for the person at the terminal, one line for each argument. Everything goes to standard error, so that standard output
# stays with the command that was asked for.

say() { printf '%s\n' "$@" >&2; }

die() {
  say "$@"
  exit 1
}
