# shellcheck shell=bash
# Sourced by scripts that play with an engine: it runs a copy of dist/target/jlvs in a temporary folder, without
# privilege, and ends with the script, whatever ends that. What was started in background is in the array "running".
PATH=$PATH:/usr/sbin:/sbin
JAVA_HOME=$(scripts/jdk25) || exit
for folder in "${TMPDIR:-/tmp}"/jlvs-demo-*-*; do # what is left of killed runs
    run=${folder##*/jlvs-demo-}
    [ ! -e "$folder" ] || [ -e "/proc/${run%-*}" ] || rm -rf "$folder"
done
folder=$(mktemp -d "${TMPDIR:-/tmp}/jlvs-demo-$$-XXXXXX") || exit
export JAVA_HOME JLVS_SOCKET=$folder/var/jlvs.sock
umask 022
chmod 755 "$folder"
mkdir "$folder/var"
[ "$(id -u)" != 0 ] || chown 65534:65534 "$folder/var"
engine='' running=()
unprivileged=(setpriv --pdeathsig TERM)
[ "$(id -u)" != 0 ] || unprivileged+=(--reuid 65534 --regid 65534 --clear-groups --no-new-privs)
# How the engine is started and with which data path, unless a script says otherwise before it starts one.
launcher=("${unprivileged[@]}")
datapath='datapath: user'

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

start_nginx() { # name, which it answers at /who; what it listens at; command that starts it
    local name=$1 listen=$2 var=$folder/var
    shift 2
    cat >"$folder/$name.conf" <<END
daemon off; master_process off; pid $var/$name.pid; error_log stderr crit;
events {}
http {
    access_log off; keepalive_timeout 0;
    client_body_temp_path $var/$name.a; proxy_temp_path $var/$name.b; fastcgi_temp_path $var/$name.c;
    uwsgi_temp_path $var/$name.d; scgi_temp_path $var/$name.e;
    server { listen $listen; location = /who { return 200 "$name\n"; } }
}
END
    "$@" nginx -c "$folder/$name.conf" -e stderr 2>>"$folder/nginx.log" &
    running+=($!)
}

start_engine() { # address of its metrics
    cp -a dist/target/jlvs "$folder/jlvs" || exit
    chmod -R a+rX "$folder/jlvs"
    cat >"$folder/jlvs.yaml" <<END
$datapath
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
    "${launcher[@]}" "$folder/jlvs/bin/jlvs" run --config "$folder/jlvs.yaml" >"$folder/engine.log" 2>&1 &
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
    if declare -F leave >/dev/null; then leave; fi # what else a script has to put away
    rm -rf "$folder"
    exit $result
}

trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
