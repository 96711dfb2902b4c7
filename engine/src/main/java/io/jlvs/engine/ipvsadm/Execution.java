package io.jlvs.engine.ipvsadm;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.Persistence;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.Thresholds;
import io.jlvs.api.Tunnel;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPath;
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

    Execution(Registry registry, DataPath dataPath, Statistics statistics, HostNames names) {
        this.registry = registry;
        this.dataPath = dataPath;
        this.timers = new Timers(dataPath);
        this.statistics = statistics;
        this.names = names;
    }

    /** Returns the exit code. */
    int run(Request request, Console console) {
        return switch (request.command) {
            case HELP -> print(Usage.HELP, console);
            case VERSION -> print(Usage.VERSION, console);
            case LIST -> list(request, console);
            case SAVE -> print(Rules.of(registry.current().services(), naming(request)), console);
            case SET -> setTimeouts(request);
            case START_DAEMON, STOP_DAEMON -> {
                console.error("connection synchronisation is not in this version: it comes with the cluster");
                yield REFUSED;
            }
            case RESTORE -> throw Refusal.noCommand();
            default -> changeAll(List.of(request), console);
        };
    }

    private static int print(String text, Console console) {
        console.print(text);
        return 0;
    }

    private int setTimeouts(Request request) {
        timers.set(request.timeouts);
        return 0;
    }

    private int list(Request request, Console console) {
        if (request.has(Option.TIMEOUT)) {
            return print(timers + "\n", console);
        }
        if (request.has(Option.DAEMON)) {
            return 0;
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
            registry.execute(draft -> requests.forEach(request -> outcomes.add(change(request, draft))));
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
            draft.execute(command(request, draft));
            return null;
        } catch (CommandException e) {
            return e;
        }
    }

    private static int tell(Request request, @Nullable CommandException refused, Console console) {
        if (refused != null) {
            console.error(text(request.command, refused));
            return REFUSED;
        }
        if (request.command != CommandWord.ZERO) {
            console.changed();
        }
        return 0;
    }

    private static Command command(Request request, Draft draft) {
        return switch (request.command) {
            case ADD_SERVICE -> new Command.AddService(service(request, draft));
            case EDIT_SERVICE -> new Command.EditService(service(request, draft));
            case DELETE_SERVICE -> new Command.DeleteService(request.requireService());
            case FLUSH -> new Command.Clear();
            case ADD_SERVER -> new Command.AddServer(request.requireService(), server(request, draft));
            case EDIT_SERVER -> new Command.EditServer(request.requireService(), server(request, draft));
            case DELETE_SERVER -> new Command.DeleteServer(request.requireService(), request.requireServer());
            case ZERO -> new Command.Zero(request.service);
            default -> throw new IllegalStateException(request.command + " changes nothing");
        };
    }

    private static VirtualService service(Request request, Draft draft) {
        var key = request.requireService();
        return new VirtualService(
                key,
                scheduler(request),
                Flags.read(request.flags, request.scheduler),
                persistence(request),
                request.onePacket,
                draft.find(key)
                        .map(ServiceEntry::service)
                        .map(VirtualService::proxyProtocol)
                        .orElse(ProxyProtocol.NONE));
    }

    private static String scheduler(Request request) {
        if (request.scheduler == null) {
            return VirtualService.DEFAULT_SCHEDULER;
        }
        if (request.scheduler.isBlank()) {
            throw new CommandException(ErrorCode.NO_SUCH_SCHEDULER, "a scheduler's name is not empty");
        }
        return request.scheduler;
    }

    private static @Nullable Persistence persistence(Request request) {
        if (request.engine != null && !request.engine.equals("sip")) {
            throw new CommandException(ErrorCode.NO_SUCH_SCHEDULER, "no persistence engine '" + request.engine + "'");
        }
        if (request.persistentSeconds == 0) {
            return null;
        }
        var mask = request.netmask == null
                ? Persistence.fullMask(request.requireService().family())
                : request.netmask;
        return new Persistence(request.persistentSeconds, mask, request.engine);
    }

    private static RealServer server(Request request, Draft draft) {
        if (draft.find(request.requireService()).isEmpty()) {
            throw new CommandException(ErrorCode.NO_SUCH_SERVICE, "there is no such virtual service");
        }
        return new RealServer(
                request.requireServer(), request.mode, request.weight, thresholds(request), tunnel(request));
    }

    private static Thresholds thresholds(Request request) {
        if (request.lowerThreshold > request.upperThreshold) {
            throw new CommandException(ErrorCode.INVALID, "Numerical result out of range");
        }
        return new Thresholds(request.upperThreshold, request.lowerThreshold);
    }

    private static Tunnel tunnel(Request request) {
        if (request.tunnelType == null) {
            return Tunnel.IPIP;
        }
        var checksum = request.has(Option.TUN_CSUM)
                ? Tunnel.Checksum.FULL
                : request.has(Option.TUN_REMCSUM) ? Tunnel.Checksum.REMOTE : Tunnel.Checksum.NONE;
        return new Tunnel(request.tunnelType, request.tunnelPort, checksum);
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
            case NO_SUCH_MODE, UNSUPPORTED, DATA_PATH, NOT_SAVED, INVALID -> String.valueOf(e.getMessage());
        };
    }
}
