# Sourced by bin/test: the table "may import / must not import" of docs/architecture.md, as a check.
# The lists are read, because the exit code of `cargo tree -i` says nothing reliable.
# shellcheck shell=bash

# must_not_hold "who" package "forbidden crates" cargo-tree arguments…
must_not_hold() {
    local who=$1 package=$2 forbidden=$3 tree found
    shift 3
    tree=$(cargo tree --quiet -p "$package" -e normal --prefix none --format '{p}' "$@" | cut -d' ' -f1 | sort -u)
    grep -qx "$package" <<<"$tree" || fail "cargo tree of $package is empty: the check would prove nothing"
    found=$(grep -xF "$(tr ' ' '\n' <<<"$forbidden")" <<<"$tree" || true)
    [ -z "$found" ] || fail "$who must not contain: $(tr '\n' ' ' <<<"$found")"
    echo "    $who: $(wc -l <<<"$tree") crates, none of: $forbidden"
}

must_not_mention() { # directory word
    if grep -rnw --include='*.rs' "$2" "$1"; then
        fail "$1 must not mention $2"
    fi
    echo "    $1: no mention of $2"
}

check_import_rules() {
    must_not_hold "the WASM module" frontend \
        "services sqlx sqlx-core sqlx-postgres tokio mio argon2 lettre leptos_router leptos_meta leptos_axum axum zxcvbn" \
        --target wasm32-unknown-unknown
    must_not_hold "domain" domain "sqlx sqlx-core axum leptos tokio web-sys services app atria" --target all
    must_not_hold "the load generator" load "leptos axum services app atria" --target all
    must_not_hold "services" services "leptos leptos_axum axum app atria" --target all
    must_not_mention app/src sqlx
    must_not_mention app/src lettre
    must_not_mention app/src argon2
    must_not_mention app/domain/src sqlx
}
