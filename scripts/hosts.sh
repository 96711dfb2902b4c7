# shellcheck shell=bash
# shellcheck disable=SC2154 # folder and running are of engine.sh
# Sourced by scripts that play with network namespaces as hosts, after engine.sh: their names begin with $lab.
# Nothing of them touches this machine's own network; what a killed run left is removed first.
lab=jlvs-demo-$$

on() { # host, command
    local host=$1
    shift
    nsenter --net="/run/netns/$lab-$host" "$@"
}

on_in_background() { # host, command; it ends with the script
    local host=$1
    shift
    nsenter --net="/run/netns/$lab-$host" setpriv --pdeathsig KILL "$@" &
    running+=($!)
}

# A namespace takes over what is set on this machine: what matters here begins the same everywhere.
new_host() { # its name
    ip netns add "$lab-$1" || exit
    # shellcheck disable=SC2016 # the inner shell expands these
    on "$1" sh -c '
        cd /proc/sys/net
        echo 0 >ipv4/ip_forward
        for which in all default; do
            echo 0 >ipv4/conf/$which/rp_filter
            echo 0 >ipv6/conf/$which/accept_dad
            echo 0 >ipv6/conf/$which/router_solicitations
        done
        ip link set lo up' || exit
}

new_switch() { # its name; several in the namespace "switches", where no firewall of this machine is
    [ -e "/run/netns/$lab-switches" ] || new_host switches
    on switches ip link add "$1" type bridge mcast_snooping 0
    on switches ip link set "$1" up
}

plug() { # host, its interface, switch: a cable, or the one that is there into another switch
    if [ ! -e "$folder/$1-$2.cable" ]; then
        ip -n "$lab-$1" link add "$2" type veth peer name "$1-$2" netns "$lab-switches"
        ip -n "$lab-$1" link set "$2" up
        touch "$folder/$1-$2.cable"
    fi
    ip -n "$lab-switches" link set "$1-$2" master "$3" up
}

mac() { ip -n "$lab-$1" -brief link show dev "$2" | awk '{ print $3 }'; } # host, its interface

remove_lab() { # its name
    local namespace
    for namespace in /run/netns/"$1"-*; do
        [ -e "$namespace" ] || continue
        rm -f /run/jlvs/*-"$(stat -L -c %i "$namespace")".* # what 'jlvs realserver' remembers of it
        ip netns pids "$(basename "$namespace")" | xargs -r kill -KILL
        ip netns delete "$(basename "$namespace")"
    done
    rm -rf "/sys/fs/bpf/$1"
}

remove_labs_of_killed_runs() {
    local found name
    for found in /run/netns/jlvs-demo-* /sys/fs/bpf/jlvs-demo-*; do
        name=$(basename "$found" | grep -o '^jlvs-demo-[0-9]*') || continue
        [ -e "/proc/${name##*-}" ] || remove_lab "$name"
    done
}

leave() { remove_lab "$lab"; }
