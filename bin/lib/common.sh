# Sourced by every script in bin/: strict mode, the paths, step timing. Not a program of its own.
# shellcheck shell=bash
set -euo pipefail

ATRIA_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$ATRIA_ROOT"

CACHE_HOME=${XDG_CACHE_HOME:-$HOME/.cache}/atria
# What setup compiles for itself stays out of ~/.cargo/bin, where another project may need another version.
ATRIA_TOOLS_DIR=${ATRIA_TOOLS_DIR:-$CACHE_HOME/tools}
export ATRIA_TOOLS_DIR

if [ "${CI:-}" = true ]; then
    # A hosted run starts from a fresh clone: what is slow to make must lie outside of it.
    export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE_HOME/target}
    # Each commit is built once: what incremental builds keep costs gigabytes and helps nobody.
    export CARGO_INCREMENTAL=0
    export npm_config_cache=${npm_config_cache:-$CACHE_HOME/npm}
fi
TARGET_DIR=${CARGO_TARGET_DIR:-$ATRIA_ROOT/target}
case $TARGET_DIR in /*) ;; *) TARGET_DIR=$ATRIA_ROOT/$TARGET_DIR ;; esac
[ -z "${CARGO_TARGET_DIR:-}" ] || export CARGO_TARGET_DIR=$TARGET_DIR
SITE_ROOT=$TARGET_DIR/site

if [ -d "$HOME/.cargo/bin" ]; then PATH=$HOME/.cargo/bin:$PATH; fi
export PATH=$ATRIA_TOOLS_DIR/bin:$ATRIA_ROOT/node_modules/.bin:$PATH

now_ms() { date +%s%3N; }

seconds() { # milliseconds -> "12.3 s"
    printf '%d.%d s' $(($1 / 1000)) $(($1 % 1000 / 100))
}

CURRENT_STEP=
SCRIPT_STARTED_MS=$(now_ms)

# step "What it does" command args…   runs the command, prints how long it took
step() {
    local started
    CURRENT_STEP=$1
    shift
    started=$(now_ms)
    printf '\n==> %s\n' "$CURRENT_STEP"
    "$@"
    printf '    %s: %s\n' "$CURRENT_STEP" "$(seconds $(($(now_ms) - started)))"
    CURRENT_STEP=
}

total_time() { seconds $(($(now_ms) - SCRIPT_STARTED_MS)); }

say_failed_step() {
    [ -z "$CURRENT_STEP" ] || printf '\n%s failed in step "%s" after %s\n' "${0##*/}" "$CURRENT_STEP" "$(total_time)" >&2
}
trap say_failed_step EXIT

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}
