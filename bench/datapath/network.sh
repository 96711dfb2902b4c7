# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are shared with run, which sources this
# Sourced by run: hosts as network namespaces, wired so that every contender finds the same links.
#
#   client ---------- director -------- switch --- s1, s2      requests, and answers that go back by the director
#      \_________________________________/                     answers that go straight back (dr, tun)
#
# Which way an answer takes follows from the client's address: servers reach 10.78.1.2 by the director and 10.78.4.2 over
# the switch. The client's route to an address says which of its two it uses.
prefix=jlvs-bench
hosts=(client director switch s1 s2)
pins=/sys/fs/bpf/$prefix

inside() { nsenter --net="/run/netns/$prefix-$1" "${@:2}"; } # host, command

clear_network() {
    local host
    for host in "${hosts[@]}"; do
        [ -e "/run/netns/$prefix-$host" ] || continue
        ip netns pids "$prefix-$host" | xargs -r kill -KILL
        ip netns del "$prefix-$host"
    done
    rm -rf "$pins"
}

make_network() {
    local host
    for host in "${hosts[@]}"; do make_host "$host"; done
    ip -n "$prefix-switch" link add jlvs-br type bridge
    ip -n "$prefix-switch" link set jlvs-br up
    wire client jlvs-d director jlvs-c
    wire client jlvs-b switch jlvs-b
    wire director jlvs-s switch jlvs-d
    wire s1 jlvs0 switch jlvs-s1
    wire s2 jlvs0 switch jlvs-s2
    address_director
    address_client
    address_server s1 11
    address_server s2 12
}

make_host() {
    ip netns add "$prefix-$1"
    ip -n "$prefix-$1" link set lo up
    inside "$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1 \
        net.ipv4.conf.{all,default}.{rp_filter,send_redirects}=0 \
        net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2 \
        net.ipv4.ip_forward=0 net.ipv4.ip_local_port_range="1024 65535" net.ipv4.tcp_tw_reuse=1
}

wire() { # host, interface, host, interface
    ip link add "$2" netns "$prefix-$1" type veth peer name "$4" netns "$prefix-$3"
    ip -n "$prefix-$1" link set "$2" up
    ip -n "$prefix-$3" link set "$4" up
    [ "$3" != switch ] || ip -n "$prefix-switch" link set "$4" master jlvs-br
}

address_director() {
    ip -n "$prefix-director" addr add 10.78.1.1/24 dev jlvs-c
    ip -n "$prefix-director" addr add 10.78.2.1/24 dev jlvs-s
    ip -n "$prefix-director" route add 10.78.4.0/24 via 10.78.1.2
    ip -n "$prefix-director" route add 10.78.5.11 via 10.78.2.11
    ip -n "$prefix-director" route add 10.78.5.12 via 10.78.2.12
}

address_client() {
    ip -n "$prefix-client" addr add 10.78.1.2/24 dev jlvs-d
    ip -n "$prefix-client" addr add 10.78.4.2/24 dev jlvs-b
    ip -n "$prefix-client" route add 10.78.2.0/24 via 10.78.1.1
    ip -n "$prefix-client" route add "$vip_nat" via 10.78.1.1
    ip -n "$prefix-client" route add 10.78.5.0/24 via 10.78.1.1 src 10.78.4.2
    ip -n "$prefix-client" route add "$vip_dr" via 10.78.1.1 src 10.78.4.2
    ip -n "$prefix-client" route add "$vip_tun" via 10.78.1.1 src 10.78.4.2
}

address_server() { # host, last byte
    ip -n "$prefix-$1" addr add "10.78.2.$2/24" dev jlvs0
    ip -n "$prefix-$1" addr add "10.78.4.$2/24" dev jlvs0
    ip -n "$prefix-$1" route add default via 10.78.2.1
    ip -n "$prefix-$1" addr add "10.78.5.$2/32" dev lo
    ip -n "$prefix-$1" addr add "$vip_dr/32" dev lo
}
