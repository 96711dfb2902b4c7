# shellcheck shell=bash
# Sourced by scripts that play with an engine: it runs a copy of dist/target/jlvs in a temporary folder, without
# privilege, and ends with the script, whatever ends that. What was started in background is in the array "running".
PATH=$PATH:/usr/sbin:/sbin
JAVA_HOME=$(scripts/jdk25) || exit
folder=$(mktemp -d "${TMPDIR:-/tmp}/jlvs-demo-XXXXXX") || exit
export JAVA_HOME JLVS_SOCKET=$folder/var/jlvs.sock
umask 022
chmod 755 "$folder"
mkdir "$folder/var"
[ "$(id -u)" != 0 ] || chown 65534:65534 "$folder/var"
engine='' running=()
unprivileged=(setpriv --pdeathsig TERM)
[ "$(id -u)" != 0 ] || unprivileged+=(--reuid 65534 --regid 65534 --clear-groups --no-new-privs)

jlvs() { "$folder/jlvs/bin/jlvs" "$@"; }
ipvsadm() { "$folder/jlvs/bin/ipvsadm" "$@"; }

until_true() { # command that is tried for 20 s
    local _
    for _ in $(seq 200); do
        "$@" >/dev/null 2>&1 && return
        sleep 0.1
    done
    return 1
}

refuse_taken() { # addresses that are about to be used
    local address
    for address in "$@"; do
        if (exec 3<>"/dev/tcp/${address/://}") 2>/dev/null; then
            echo "$address is taken by another program: choose other ports, for example JLVS_DEMO_PORT=18080" >&2
            exit 2
        fi
    done
}

start_engine() { # address of its metrics
    cp -a dist/target/jlvs "$folder/jlvs" || exit
    chmod -R a+rX "$folder/jlvs"
    cat >"$folder/jlvs.yaml" <<END
datapath: user
plugins:
  folder: $folder/jlvs/plugins
state:
  folder: $folder/var
control:
  socket: $JLVS_SOCKET
http:
  host: ${1%:*}
  port: ${1#*:}
END
    "${unprivileged[@]}" "$folder/jlvs/bin/jlvs" run --config "$folder/jlvs.yaml" >"$folder/engine.log" 2>&1 &
    engine=$!
    running+=("$engine")
    until_true ready_or_ended && kill -0 "$engine" 2>/dev/null || exit 1
}

ready_or_ended() { ! kill -0 "$engine" 2>/dev/null || ipvsadm -Ln; }

end() {
    local result=$?
    trap - EXIT
    trap '' INT TERM HUP
    if [ $result = 1 ] && [ -s "$folder/engine.log" ]; then
        echo "the last lines of the engine's log:"
        tail -n 15 "$folder/engine.log"
    fi >&2
    [ ${#running[@]} = 0 ] || kill "${running[@]}" 2>/dev/null
    wait
    rm -rf "$folder"
    exit $result
}

trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
