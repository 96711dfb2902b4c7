package io.jlvs.engine.ipvsadm;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command, with the options that it needs and those that it may take, by their checked names. */
@SuppressWarnings("ImmutableEnumChecker") // its sets are Set.of
enum CommandWord {
    ADD_SERVICE(Option.ADD_SERVICE, "add-service", Names.SERVICE, Names.SERVICE_OPTIONS),
    EDIT_SERVICE(Option.EDIT_SERVICE, "edit-service", Names.SERVICE, Names.SERVICE_OPTIONS),
    DELETE_SERVICE(Option.DELETE_SERVICE, "delete-service", Names.SERVICE, Set.of()),
    FLUSH(Option.CLEAR, "flush", Set.of(), Set.of()),
    LIST(Option.LIST, "list", Set.of(), Names.LIST_OPTIONS),
    ADD_SERVER(Option.ADD_SERVER, "add-server", Names.SERVICE_AND_SERVER, Names.SERVER_OPTIONS),
    DELETE_SERVER(Option.DELETE_SERVER, "delete-server", Names.SERVICE_AND_SERVER, Set.of()),
    EDIT_SERVER(Option.EDIT_SERVER, "edit-server", Names.SERVICE_AND_SERVER, Names.SERVER_OPTIONS),
    SET(Option.SET, "set", Set.of(), Set.of()),
    START_DAEMON(Option.START_DAEMON, "start-daemon", Set.of(), Names.DAEMON_OPTIONS),
    STOP_DAEMON(Option.STOP_DAEMON, "stop-daemon", Set.of(), Set.of("syncid")),
    RESTORE(Option.RESTORE, "restore", Set.of(), Set.of()),
    SAVE(Option.SAVE, "save", Set.of(), Set.of("numeric")),
    ZERO(Option.ZERO, "zero", Set.of(), Names.SERVICE),
    HELP(Option.HELP, "help", Set.of(), Set.of()),
    VERSION(Option.VERSION, "version", Set.of(), Set.of());

    /** The names that sets share; an enum's own constants can't be used in its constructors. */
    private static final class Names {
        static final Set<String> SERVICE = Set.of("service-address");
        static final Set<String> SERVICE_AND_SERVER = Set.of("service-address", "real-server");
        static final Set<String> SERVICE_OPTIONS =
                Set.of("scheduler", "persistent", "netmask", "ops", "pe", "sched-flags");
        static final Set<String> SERVER_OPTIONS = Set.of(
                "forwarding-method",
                "weight",
                "u-threshold",
                "l-threshold",
                "tun-type",
                "tun-port",
                "tun-nocsum",
                "tun-csum",
                "tun-remcsum");
        static final Set<String> LIST_OPTIONS = Set.of(
                "numeric",
                "connection",
                "service-address",
                "timeout",
                "daemon",
                "stats",
                "rate",
                "thresholds",
                "persistent-conn",
                "nosort",
                "syncid",
                "exact",
                "tun-info");
        static final Set<String> DAEMON_OPTIONS =
                Set.of("mcast-interface", "syncid", "mcast-group", "mcast-port", "mcast-ttl", "sync-maxlen");
    }

    /** Of these a listing takes one. */
    private static final Set<String> EITHER = Set.of("connection", "service-address", "timeout", "daemon");

    private static final Set<String> CHECKED = new LinkedHashSet<>(Stream.of(Option.values())
            .filter(option -> option.compareTo(Option.TUN_INFO) <= 0)
            .map(Option::checkedName)
            .toList());

    private final Option option;
    private final String checkedName;
    private final Set<String> needed;
    private final Set<String> allowed;

    CommandWord(Option option, String checkedName, Set<String> needed, Set<String> allowed) {
        this.option = option;
        this.checkedName = checkedName;
        this.needed = needed;
        this.allowed = allowed;
    }

    /** The command of an option; refused when it is none. */
    static CommandWord of(Option option) {
        return Stream.of(values())
                .filter(word -> word.option == option || (word == LIST && option == Option.LIST_TOO))
                .findFirst()
                .orElseThrow(Refusal::noCommand);
    }

    /** Refuses options that are missing, not allowed, or exclude each other. */
    void check(Set<String> given) {
        @Nullable String chosen = null;
        for (var name : CHECKED) {
            if (!given.contains(name)) {
                refuseIf(needed.contains(name), "You need to supply the '" + name + "' option for the '");
                continue;
            }
            refuseIf(!needed.contains(name) && !allowed.contains(name), "Illegal '" + name + "' option with the '");
            if (this == LIST && EITHER.contains(name)) {
                refuseIf(
                        chosen != null,
                        "The option '" + name + "' conflicts with the '" + chosen + "' option in the '");
                chosen = name;
            }
        }
        if (this == LIST) {
            checkListing(given);
        }
    }

    private void refuseIf(boolean wrong, String what) {
        if (wrong) {
            throw Refusal.of(what + checkedName + "' command");
        }
    }

    private static void checkListing(Set<String> given) {
        var table = Stream.of("connection", "timeout", "daemon").anyMatch(given::contains);
        var figures = Stream.of("stats", "rate", "thresholds").anyMatch(given::contains);
        var other = given.contains("timeout") || given.contains("daemon");
        if ((table && figures) || (other && given.contains("persistent-conn"))) {
            throw Refusal.of("options conflicts in the list command");
        }
    }
}
