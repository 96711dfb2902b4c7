# shellcheck shell=bash
# Sourced by scripts that tell a story step by step: every claim is checked, and the first that does not hold ends it.
steps=0 bold='' green='' red='' plain=''
if [ -t 1 ]; then bold=$'\e[1m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'; fi

step() { printf '\n%s%d. %s%s\n' "$bold" $((++steps)) "$*" "$plain"; }

holds() { # claim, command that proves it
    local claim=$1
    shift
    if "$@"; then
        printf '   %s✓%s %s\n' "$green" "$plain" "$claim"
    else
        printf '   %s✗ does not hold: %s%s\n' "$red" "$claim" "$plain"
        exit 1
    fi
}

typed() { # runs an ipvsadm command as a reader would type it
    printf '   $ ipvsadm %s\n' "$*"
    ipvsadm "$@" || exit 1
}

indented() { sed 's/^/   /'; }

# Nine answers name three servers over and over, in one order.
in_turn() {
    read -ra got <<<"$1"
    local i
    for i in 3 4 5 6 7 8; do [ "${got[i]:-}" = "${got[i - 3]:-}" ] || return 1; done
    [ "$(printf '%s\n' "${got[@]:0:3}" | sort -u | wc -l)" = 3 ]
}
