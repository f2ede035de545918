# Sourced by bin/setup: finds what Atria needs from the system, and installs it on Debian and its children.
# shellcheck shell=bash

MINIMUM_POSTGRES=15

# The same places, in the same order, in which the server looks (src/postgres/find.rs).
find_postgres_bin() {
    local candidate
    while read -r candidate; do
        if [ -n "$candidate" ] && [ -x "$candidate/initdb" ] && [ "$(postgres_major "$candidate")" -ge $MINIMUM_POSTGRES ]; then
            printf '%s\n' "$candidate"
            return
        fi
    done < <(
        echo "${ATRIA_PG_BIN:-}"
        pg_config --bindir 2>/dev/null || true
        printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV
        dirname "$(command -v initdb 2>/dev/null || echo /)"
    )
    return 1
}

postgres_major() { # bin directory
    "$1/postgres" --version 2>/dev/null | sed -E 's/^[^0-9]*([0-9]+).*/\1/' | grep -E '^[0-9]+$' || echo 0
}

find_chromium() {
    [ -x "${ATRIA_CHROMIUM:-/usr/bin/chromium}" ]
}

install_system_packages() { # yes|no: also what the tests need
    local missing=()
    find_postgres_bin >/dev/null || missing+=(postgresql)
    # sqlx, ring and wasm-bindgen link and compile a little C.
    command -v cc >/dev/null || missing+=(build-essential)
    if [ "$1" = yes ]; then
        find_chromium || missing+=(chromium)
        command -v redis-server >/dev/null || missing+=(redis-server)
    fi
    if [ ${#missing[@]} -gt 0 ]; then
        install_debian_packages "${missing[@]}"
    fi
    local bin
    bin=$(find_postgres_bin) || fail "no PostgreSQL $MINIMUM_POSTGRES or newer was found; name its directory in ATRIA_PG_BIN"
    echo "    PostgreSQL $(postgres_major "$bin") in $bin"
}

install_debian_packages() { # package names
    local as_root=() command="apt-get update && apt-get install --no-install-recommends $*"
    if ! command -v apt-get >/dev/null; then
        fail "this system lacks: $*. They can be installed automatically on Debian only; install them and start again"
    fi
    if [ "$(id -u)" != 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            fail "this system lacks: $*. Run this once, then start again:
    sudo sh -c '$command'"
        fi
        as_root=(sudo -n)
    fi
    echo "    installing $*"
    # Only the programs are wanted. Debian would also create a cluster "main" and start the services: two files
    # that exist during the installation keep it from doing so.
    # shellcheck disable=SC2016
    "${as_root[@]}" sh -c '
        set -e
        export DEBIAN_FRONTEND=noninteractive
        no_cluster=/etc/postgresql-common/createcluster.d/atria-setup.conf
        no_start=/usr/sbin/policy-rc.d
        mkdir -p "${no_cluster%/*}"
        echo "create_main_cluster = false" > "$no_cluster"
        ours=$no_cluster
        if [ ! -e "$no_start" ]; then
            printf "#!/bin/sh\nexit 101\n" > "$no_start"
            chmod 755 "$no_start"
            ours="$ours $no_start"
        fi
        log=$(mktemp)
        trap "rm -f $ours $log" EXIT
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
    ' sh "$@"
}
