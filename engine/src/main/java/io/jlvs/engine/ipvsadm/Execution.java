package io.jlvs.engine.ipvsadm;

import io.jlvs.api.CommandException;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.engine.cluster.sync.SyncSwitch;
import io.jlvs.engine.log.Audit;
import io.jlvs.engine.registry.Draft;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Statistics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out one request, and says what came of it in the words of the kernel's results. */
final class Execution {

    /** The exit code when the director refuses. */
    static final int REFUSED = 255;

    private final Registry registry;
    private final DataPath dataPath;
    private final Statistics statistics;
    private final HostNames names;
    private final Timers timers;
    private final SyncDaemons daemons;

    Execution(
            Registry registry,
            DataPath dataPath,
            Statistics statistics,
            HostNames names,
            NetworkInterfaces interfaces,
            SyncSwitch sync) {
        this.registry = registry;
        this.dataPath = dataPath;
        this.timers = new Timers(dataPath);
        this.statistics = statistics;
        this.names = names;
        this.daemons = new SyncDaemons(interfaces, sync);
    }

    /** Returns the exit code. */
    int run(Request request, Console console) {
        return switch (request.command) {
            case HELP -> print(Usage.HELP, console);
            case VERSION -> print(Usage.VERSION, console);
            case LIST -> list(request, console);
            case SAVE -> print(Rules.of(registry.current().services(), naming(request)), console);
            case SET -> setTimeouts(request, console);
            case START_DAEMON ->
                daemon("start", daemons.start(request.requireRole(), request.daemon()), request, console);
            case STOP_DAEMON -> daemon("stop", daemons.stop(request.requireRole()), request, console);
            case RESTORE -> throw Refusal.noCommand();
            default -> changeAll(List.of(request), console);
        };
    }

    private static int print(String text, Console console) {
        console.print(text);
        return 0;
    }

    private static int answer(Request request, @Nullable String refused, Console console) {
        if (refused == null) {
            return 0;
        }
        console.refuse(request.line, refused);
        return REFUSED;
    }

    private static int daemon(String what, @Nullable String refused, Request request, Console console) {
        if (refused == null) {
            Audit.told(console.by(), what + " sync daemon " + SyncDaemons.word(request.requireRole()));
        }
        return answer(request, refused, console);
    }

    private int setTimeouts(Request request, Console console) {
        timers.set(request.timeouts);
        Audit.set(console.by(), "timeouts", timers.toString());
        return 0;
    }

    private int list(Request request, Console console) {
        if (request.has(Option.TIMEOUT)) {
            return print(timers + "\n", console);
        }
        if (request.has(Option.DAEMON)) {
            return print(daemons.toString(), console);
        }
        if (request.has(Option.CONNECTION)) {
            var connections = dataPath.connections();
            return print(ConnectionList.of(connections, naming(request), request.has(Option.PERSISTENT_CONN)), console);
        }
        var services = registry.current();
        if (request.service == null) {
            return print(Listing.all(request, naming(request), statistics, services.services()), console);
        }
        var service = services.find(request.service).orElseThrow(Refusal::nothingToList);
        return print(Listing.one(request, naming(request), statistics, service), console);
    }

    private Naming naming(Request request) {
        return new Naming(request.has(Option.NUMERIC) ? null : names);
    }

    /**
     * Carries out requests that change something, all in one go. Returns the exit code of the last. When
     * the data path does not take the whole, each goes alone, so that those which it takes are made.
     */
    int changeAll(List<Request> requests, Console console) {
        var outcomes = new ArrayList<@Nullable CommandException>();
        try {
            registry.execute(console.by(), draft -> requests.forEach(request -> outcomes.add(change(request, draft))));
        } catch (CommandException e) {
            return requests.size() == 1
                    ? tell(requests.getFirst(), e, console)
                    : requests.stream()
                            .map(List::of)
                            .mapToInt(one -> changeAll(one, console))
                            .reduce(0, (_, exit) -> exit);
        }
        int exit = 0;
        for (int i = 0; i < requests.size(); i++) {
            exit = tell(requests.get(i), outcomes.get(i), console);
        }
        return exit;
    }

    private @Nullable CommandException change(Request request, Draft draft) {
        try {
            draft.execute(Changes.of(request, draft));
            return null;
        } catch (CommandException e) {
            return e;
        }
    }

    private static int tell(Request request, @Nullable CommandException refused, Console console) {
        if (refused == null && request.command != CommandWord.ZERO) {
            console.changed();
        }
        return answer(request, refused == null ? null : text(request.command, refused), console);
    }

    private static String text(CommandWord command, CommandException e) {
        var aboutServer = command == CommandWord.ADD_SERVER
                || command == CommandWord.EDIT_SERVER
                || command == CommandWord.DELETE_SERVER;
        return switch (e.code()) {
            case SERVICE_EXISTS -> "Service already exists";
            case NO_SUCH_SERVICE -> aboutServer ? "Service not defined" : "No such service";
            case SERVER_EXISTS -> "Destination already exists";
            case NO_SUCH_SERVER -> "No such destination";
            case NO_SUCH_SCHEDULER -> "Scheduler or persistence engine not found";
            case NO_SUCH_MODE, UNSUPPORTED, DATA_PATH, NOT_SAVED, INVALID, NO_MAJORITY, NOT_KNOWN, OTHER_VERSION ->
                String.valueOf(e.getMessage());
        };
    }
}
