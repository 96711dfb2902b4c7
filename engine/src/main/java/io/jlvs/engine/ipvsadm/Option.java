package io.jlvs.engine.ipvsadm;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every option, in the order in which checks go through them. */
enum Option {
    NUMERIC('n', "numeric", Argument.NONE),
    CONNECTION('c', "connection", Argument.NONE),
    TCP_SERVICE('t', "tcp-service", Argument.REQUIRED),
    UDP_SERVICE('u', "udp-service", Argument.REQUIRED),
    SCTP_SERVICE(Option.NO_LETTER, "sctp-service", Argument.REQUIRED),
    FWMARK_SERVICE('f', "fwmark-service", Argument.REQUIRED),
    SCHEDULER('s', "scheduler", Argument.REQUIRED),
    PERSISTENT('p', "persistent", Argument.OPTIONAL),
    NETMASK('M', "netmask", Argument.REQUIRED),
    REAL_SERVER('r', "real-server", Argument.REQUIRED),
    GATEWAYING('g', "gatewaying", Argument.NONE),
    IPIP('i', "ipip", Argument.NONE),
    MASQUERADING('m', "masquerading", Argument.NONE),
    /** Not the original's: any forwarding mode by its name. */
    MODE(Option.NO_LETTER, "mode", Argument.REQUIRED),
    WEIGHT('w', "weight", Argument.REQUIRED),
    U_THRESHOLD('x', "u-threshold", Argument.REQUIRED),
    L_THRESHOLD('y', "l-threshold", Argument.REQUIRED),
    MCAST_INTERFACE(Option.NO_LETTER, "mcast-interface", Argument.REQUIRED),
    TIMEOUT(Option.NO_LETTER, "timeout", Argument.NONE),
    DAEMON(Option.NO_LETTER, "daemon", Argument.NONE),
    STATS(Option.NO_LETTER, "stats", Argument.NONE),
    RATE(Option.NO_LETTER, "rate", Argument.NONE),
    THRESHOLDS(Option.NO_LETTER, "thresholds", Argument.NONE),
    PERSISTENT_CONN(Option.NO_LETTER, "persistent-conn", Argument.NONE),
    NOSORT(Option.NO_LETTER, "nosort", Argument.NONE),
    SYNCID(Option.NO_LETTER, "syncid", Argument.REQUIRED),
    EXACT('X', "exact", Argument.NONE),
    OPS('o', "ops", Argument.NONE),
    PE(Option.NO_LETTER, "pe", Argument.REQUIRED),
    SCHED_FLAGS('b', "sched-flags", Argument.REQUIRED),
    MCAST_GROUP(Option.NO_LETTER, "mcast-group", Argument.REQUIRED),
    MCAST_PORT(Option.NO_LETTER, "mcast-port", Argument.REQUIRED),
    MCAST_TTL(Option.NO_LETTER, "mcast-ttl", Argument.REQUIRED),
    SYNC_MAXLEN(Option.NO_LETTER, "sync-maxlen", Argument.REQUIRED),
    TUN_TYPE(Option.NO_LETTER, "tun-type", Argument.REQUIRED),
    TUN_PORT(Option.NO_LETTER, "tun-port", Argument.REQUIRED),
    TUN_NOCSUM(Option.NO_LETTER, "tun-nocsum", Argument.NONE),
    TUN_CSUM(Option.NO_LETTER, "tun-csum", Argument.NONE),
    TUN_REMCSUM(Option.NO_LETTER, "tun-remcsum", Argument.NONE),
    TUN_INFO(Option.NO_LETTER, "tun-info", Argument.NONE),
    IPV6('6', "ipv6", Argument.NONE),
    SORT(Option.NO_LETTER, "sort", Argument.NONE),

    ADD_SERVICE('A', "add-service", Argument.NONE),
    EDIT_SERVICE('E', "edit-service", Argument.NONE),
    DELETE_SERVICE('D', "delete-service", Argument.NONE),
    CLEAR('C', "clear", Argument.NONE),
    LIST('L', "list", Argument.NONE),
    LIST_TOO('l', "list", Argument.NONE),
    ADD_SERVER('a', "add-server", Argument.NONE),
    DELETE_SERVER('d', "delete-server", Argument.NONE),
    EDIT_SERVER('e', "edit-server", Argument.NONE),
    SET(Option.NO_LETTER, "set", Argument.NONE),
    START_DAEMON(Option.NO_LETTER, "start-daemon", Argument.REQUIRED),
    STOP_DAEMON(Option.NO_LETTER, "stop-daemon", Argument.REQUIRED),
    RESTORE('R', "restore", Argument.NONE),
    SAVE('S', "save", Argument.NONE),
    ZERO('Z', "zero", Argument.NONE),
    HELP('h', "help", Argument.NONE),
    VERSION('v', "version", Argument.NONE);

    private static final char NO_LETTER = 0;

    /** Whether a word follows; an optional one does not begin with a dash. */
    enum Argument {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    private final char letter;
    private final String longName;
    private final Argument argument;

    Option(char letter, String longName, Argument argument) {
        this.letter = letter;
        this.longName = longName;
        this.argument = argument;
    }

    static Optional<Option> ofLetter(char letter) {
        return Optional.ofNullable(ByWord.LETTERS.get(letter));
    }

    static Optional<Option> ofName(String longName) {
        return Optional.ofNullable(ByWord.NAMES.get(longName));
    }

    /** Apart: an enum's constants come before its other fields. */
    private static final class ByWord {
        static final Map<Character, Option> LETTERS = Stream.of(values())
                .filter(option -> option.letter != NO_LETTER)
                .collect(toUnmodifiableMap(option -> option.letter, identity()));
        static final Map<String, Option> NAMES = Stream.of(values())
                .collect(toUnmodifiableMap(option -> option.longName, identity(), (first, _) -> first));
    }

    Argument argument() {
        return argument;
    }

    boolean isCommand() {
        return compareTo(ADD_SERVICE) >= 0;
    }

    /** What checks call it: options that exclude each other by nature have one name. */
    String checkedName() {
        return switch (this) {
            case TCP_SERVICE, UDP_SERVICE, SCTP_SERVICE, FWMARK_SERVICE -> "service-address";
            case GATEWAYING, IPIP, MASQUERADING, MODE -> "forwarding-method";
            default -> longName;
        };
    }
}
