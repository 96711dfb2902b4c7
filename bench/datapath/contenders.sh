# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with run, which sources this
# Sourced by run. A contender NAME is a function start_NAME that sets the director up and sets "targets", the two addresses
# that the load goes to; bare_director takes away whatever any of them set up. Every one starts from the bare director.
contenders=(plain plain-dr nat dr tun nftables haproxy nginx)
vip_nat=10.78.3.1 vip_dr=10.78.3.2 vip_tun=10.78.3.3
servers=(10.78.2.11 10.78.2.12)
jlvs_home=dist/target/jlvs
stream_module=/usr/lib/nginx/modules/ngx_stream_module.so
targets=() running=() tunnels=0

spawn() { # host, command: in background, ends with this script
    nsenter --net="/run/netns/$prefix-$1" setpriv --pdeathsig KILL "${@:2}" >>"$folder/log" 2>&1 9>&- &
    running+=($!)
}

bare_director() {
    local device
    end_running
    [ $tunnels = 0 ] || tunnel_ends teardown
    tunnels=0
    for device in lo jlvs-c jlvs-s; do tc -n "$prefix-director" qdisc del dev $device clsact 2>/dev/null; done
    rm -rf "$pins"
    inside director nft flush ruleset
    inside director sysctl -qw net.ipv4.ip_forward=0
    ip -n "$prefix-director" addr del "$vip_nat"/32 dev lo 2>/dev/null
    true
}

end_running() {
    [ ${#running[@]} = 0 ] || kill "${running[@]}" 2>/dev/null
    [ ${#running[@]} = 0 ] || wait "${running[@]}" 2>/dev/null
    running=()
}

# --- no balancer: the director routes, the client shares its connections out itself

start_plain() {
    inside director sysctl -qw net.ipv4.ip_forward=1
    targets=("${servers[@]}")
}

start_plain-dr() {
    inside director sysctl -qw net.ipv4.ip_forward=1
    targets=(10.78.5.11 10.78.5.12)
}

# --- JLVS

start_nat() { start_jlvs $vip_nat -m; }

start_dr() { start_jlvs $vip_dr -g; }

start_tun() {
    tunnels=1
    tunnel_ends setup && start_jlvs $vip_tun -i
}

start_jlvs() { # VIP, forwarding mode
    write_jlvs_yaml
    targets=("$1" "$1")
    spawn director $jlvs_home/bin/jlvs run --config "$folder/jlvs.yaml"
    until_true ipvsadm -Ln && make_service "$@" >>"$folder/log" 2>&1
}

make_service() { # VIP, forwarding mode
    local server
    ipvsadm -A -t "$1:80" -s rr || return
    for server in "${servers[@]}"; do ipvsadm -a -t "$1:80" -r "$server:80" "$2" || return; done
}

ipvsadm() { $jlvs_home/bin/ipvsadm "$@"; }

tunnel_ends() { # setup or teardown
    local host
    for host in s1 s2; do
        inside $host $jlvs_home/bin/jlvs realserver "$1" --mode tun --vip $vip_tun >>"$folder/log" 2>&1 || return
    done
}

write_jlvs_yaml() {
    rm -rf "$folder/state"
    cat >"$folder/jlvs.yaml" <<END
datapath: ebpf
ebpf: {interfaces: [jlvs-c, jlvs-s], pins: $pins}
plugins: {folder: $PWD/$jlvs_home/plugins}
state: {folder: $folder/state}
control: {socket: $JLVS_SOCKET}
http: {host: 127.0.0.1, port: 9095}
END
}

# --- the peers

# The size of the connection table is not a namespace's to change, so that closed connections leave it sooner.
start_nftables() {
    inside director sysctl -qw net.ipv4.ip_forward=1 net.netfilter.nf_conntrack_tcp_timeout_time_wait=30
    inside director nft -f - <<END 2>>"$folder/log"
table ip bench {
    chain incoming {
        type nat hook prerouting priority dstnat
        ip daddr $vip_nat tcp dport 80 dnat to numgen inc mod 2 map { 0 : ${servers[0]}, 1 : ${servers[1]} }
    }
}
END
    targets=("$vip_nat" "$vip_nat")
}

start_haproxy() {
    cat >"$folder/haproxy.cfg" <<END
global
    maxconn 4000
    nbthread $(nproc)
defaults
    mode tcp
    option splice-auto
    timeout connect 5s
    timeout client 60s
    timeout server 60s
listen bench
    bind $vip_nat:80 backlog 4096
    balance roundrobin
    server s1 ${servers[0]}:80
    server s2 ${servers[1]}:80
END
    ip -n "$prefix-director" addr add "$vip_nat"/32 dev lo
    spawn director haproxy -db -f "$folder/haproxy.cfg"
    targets=("$vip_nat" "$vip_nat")
}

start_nginx() {
    nginx_conf relay "load_module $stream_module; worker_processes $(nproc);" <<END
stream {
    upstream servers { server ${servers[0]}:80; server ${servers[1]}:80; }
    server { listen $vip_nat:80 reuseport backlog=4096; proxy_pass servers; }
}
END
    ip -n "$prefix-director" addr add "$vip_nat"/32 dev lo
    spawn director nginx -c "$folder/relay.conf" -e stderr
    targets=("$vip_nat" "$vip_nat")
}

# --- the real servers, up all the time

start_servers() {
    local host
    for host in s1 s2; do
        nginx_conf $host "worker_processes 1;" <<END
http {
    access_log off; keepalive_timeout 60; keepalive_requests 1000000000;
    client_body_temp_path $folder/$host.a; proxy_temp_path $folder/$host.b; fastcgi_temp_path $folder/$host.c;
    uwsgi_temp_path $folder/$host.d; scgi_temp_path $folder/$host.e;
    server { listen 80 backlog=4096; return 200 "$host\n"; }
}
END
        spawn $host nginx -c "$folder/$host.conf" -e stderr
    done
    disown "${running[@]}"
    running=() # they end with the network
}

nginx_conf() { # name, first lines; the rest is standard input
    {
        echo "$2 daemon off; user root; pid $folder/$1.pid; error_log stderr crit;"
        echo "events { worker_connections 8192; }"
        cat
    } >"$folder/$1.conf"
}
