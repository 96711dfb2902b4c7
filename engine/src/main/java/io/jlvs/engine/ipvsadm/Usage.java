package io.jlvs.engine.ipvsadm;

/** What {@code -h} and {@code -v} print. */
final class Usage {

    static final String VERSION = "ipvsadm v1.31 (JLVS 0.1.0, IPVS v1.2.1)\n";

    static final String HELP = VERSION + """
            Usage: ipvsadm COMMAND [OPTIONS]. The command comes first.

            Virtual services (SERVICE is -t|-u|--sctp-service HOST[:PORT], or -f MARK [-6])
              -A, --add-service SERVICE      make a service
              -E, --edit-service SERVICE     replace its settings; its servers stay
                    -s, --scheduler NAME       default wlc
                    -p, --persistent [SECONDS] keep clients on their server, default 360
                    -M, --netmask MASK         clients of one network count as one
                    -b, --sched-flags LIST     sh-fallback, sh-port, mh-fallback, mh-port, flag-1..3
                    -o, --ops                  schedule each packet for itself (UDP)
                        --pe ENGINE            persistence engine
              -D, --delete-service SERVICE   remove it and its servers
              -C, --clear                    remove all services

            Real servers (-r HOST[:PORT])
              -a, --add-server SERVICE -r ...    add a server
              -e, --edit-server SERVICE -r ...   replace its settings
                    -g, --gatewaying           forward by direct routing (default)
                    -m, --masquerading         forward by NAT
                    -i, --ipip                 forward through a tunnel
                        --mode NAME            forward by a mode that a plugin brings
                    -w, --weight N             share of connections, default 1; 0 quiesces
                    -x, --u-threshold N        no new connections from N on
                    -y, --l-threshold N        open again below N
                        --tun-type ipip|gue|gre, --tun-port PORT, --tun-nocsum, --tun-csum, --tun-remcsum
              -d, --delete-server SERVICE -r ... remove it

            Looking
              -L, -l, --list [SERVICE]       services and servers
                    -n, --numeric              no names for addresses and ports
                    --stats | --rate | --thresholds | --persistent-conn | --tun-info
                    -X, --exact                all digits
                    --nosort                   in the order in which schedulers see them
                    --sort                     sorted, as without it
              -L --timeout                   the three timeouts
              -L --daemon                    the sync daemons
              -L -c                          connections
              -Z, --zero [SERVICE]           counters begin at zero

            Rules
              -S, --save [-n]                print the rules that make what there is
              -R, --restore                  read rules from standard input

            Other
              --set TCP TCPFIN UDP           timeouts in seconds, 0 keeps one
              --start-daemon master|backup   start a sync daemon
                    --mcast-interface NAME     where its packets come and go
                    --mcast-group ADDRESS      default 224.0.0.81
                    --mcast-port PORT          default 8848
                    --mcast-ttl N              hops, default 1
                    --sync-maxlen BYTES        of a packet's contents, default by the interface
                    --syncid N                 0..255, default 0
              --stop-daemon master|backup    stop it
              -h, --help; -v, --version
            """;

    private Usage() {}
}
