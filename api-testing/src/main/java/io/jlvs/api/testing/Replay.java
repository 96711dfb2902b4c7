package io.jlvs.api.testing;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.Thresholds;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays a {@link Recording} on schedulers of ours: the pool, the connection counts and the thresholds are kept as IPVS
 * keeps them, so that the picks can be compared one by one. For one thread.
 */
public final class Replay {

    private static final Map<String, SchedulerFlag> FLAGS =
            Map.of("-fallback", SchedulerFlag.FLAG_1, "-port", SchedulerFlag.FLAG_2);

    private static final int FIRST_PORT = 40000;

    private final Recording recording;
    private final Map<String, Scheduler> schedulers;
    private final List<@Nullable FakeServer> picked = new ArrayList<>();
    private final Map<Endpoint, FakeServer> removed = new HashMap<>();
    private final Consumer<Flow> closed;
    private Scheduler scheduler;
    private Picker picker;
    private FakePool pool;

    private Replay(Recording recording, Map<String, Scheduler> schedulers, Consumer<Flow> closed) {
        this.closed = closed;
        this.recording = recording;
        this.schedulers = schedulers;
        scheduler = scheduler(recording.scheduler());
        pool = new FakePool(List.of(), flags(recording.flags()));
        picker = scheduler.prepare(pool, null);
    }

    /**
     * Plays it.
     *
     * @param schedulers all that the recording may name
     * @return for each pick the server's name as recordings have it, or null where nobody was picked
     */
    public static List<@Nullable String> play(Recording recording, Scheduler... schedulers) {
        return play(recording, _ -> {}, schedulers);
    }

    /**
     * Plays it.
     *
     * @param closed told of each connection that ends
     * @param schedulers all that the recording may name
     * @return as above
     */
    public static List<@Nullable String> play(Recording recording, Consumer<Flow> closed, Scheduler... schedulers) {
        var byName = new HashMap<String, Scheduler>();
        for (var scheduler : schedulers) {
            byName.put(scheduler.name(), scheduler);
        }
        return new Replay(recording, byName, closed).play();
    }

    private List<@Nullable String> play() {
        for (var dest : recording.dests()) {
            var server = new FakeServer(new Endpoint(InetAddress.ofLiteral(dest.addr()), dest.port()), dest.weight());
            var options = dest.options();
            add(server, options == null ? List.of() : options);
        }
        for (int at = 0; at < recording.picks().size(); at++) {
            for (var event : recording.events()) {
                if (event.at() == at) {
                    happen(event);
                }
            }
            var flow = flow(at);
            picked.add(connect(flow));
        }
        var names = new ArrayList<@Nullable String>();
        for (var server : picked) {
            names.add(server == null ? null : name(server));
        }
        return names;
    }

    private @Nullable FakeServer connect(Flow flow) {
        var answer = pool.eligible().isEmpty() ? null : picker.pick(flow);
        if (answer == null) {
            return null;
        }
        var server = pool.all().get(pool.all().indexOf(answer));
        if (flow.protocol() == Protocol.TCP) {
            server.open();
            if (recording.mode().equals("closed")) {
                server.finish();
                closed.accept(flow);
            }
        } else if (!recording.flags().contains("-o")) {
            server.setConnections(server.active(), server.inactive() + 1);
        }
        return server;
    }

    private void happen(Recording.Event event) {
        var argv = Objects.requireNonNullElse(event.argv(), List.<String>of());
        switch (event.op()) {
            case "add" -> add(comeBack(Endpoint.parse(option(argv, "-r", ""))), argv);
            case "del" -> remove(server(argv));
            case "weight" -> edit(server(argv), argv);
            case "service" -> editService(argv);
            case "close" -> close(Objects.requireNonNullElse(event.connections(), List.<Integer>of()));
            default -> throw new IllegalArgumentException("unknown event " + event.op() + " in " + recording);
        }
    }

    private void add(FakeServer server, List<String> options) {
        limit(server, options);
        pool = pool.with(server);
        picker = scheduler.prepare(pool, picker);
    }

    /** A server that is added again finds the connections that it had. */
    private FakeServer comeBack(Endpoint endpoint) {
        var server = new FakeServer(endpoint, 1);
        var before = removed.remove(endpoint);
        if (before != null) {
            server.setConnections(before.active(), before.inactive());
        }
        return server;
    }

    private void remove(FakeServer server) {
        pool = pool.without(server);
        removed.put(server.endpoint(), server);
        picker = scheduler.prepare(pool, picker);
    }

    private void edit(FakeServer server, List<String> argv) {
        limit(server, argv);
        picker = scheduler.prepare(pool, picker);
    }

    /** The same scheduler goes on without being asked; another one starts anew. */
    private void editService(List<String> argv) {
        var next = scheduler(option(argv, "-s", "wlc"));
        if (!next.equals(scheduler)) {
            scheduler = next;
            picker = scheduler.prepare(pool, null);
        }
    }

    private void close(List<Integer> connections) {
        for (int connection : connections) {
            Objects.requireNonNull(picked.get(connection), "nobody had connection " + connection)
                    .finish();
            closed.accept(flow(connection));
        }
    }

    private static void limit(FakeServer server, List<String> options) {
        server.setWeight(Integer.parseInt(option(options, "-w", Integer.toString(server.weight()))));
        server.setThresholds(new Thresholds(
                Integer.parseInt(option(options, "-x", "0")), Integer.parseInt(option(options, "-y", "0"))));
    }

    private Flow flow(int pick) {
        var sources = recording.sources();
        var targets = recording.targets();
        var protocol = recording.proto().equals("udp") ? Protocol.UDP : Protocol.TCP;
        return new Flow(
                protocol,
                client(sources == null ? null : sources.get(pick), pick),
                Endpoint.of(targets != null ? targets.get(pick) : isIpv6() ? "fd00::100" : "10.0.0.100", 80));
    }

    /** A client without a port takes another one each time. */
    private Endpoint client(@Nullable String named, int pick) {
        var source = named != null ? named : isIpv6() ? "fd00::2" : "10.0.0.2";
        var withPort = source.startsWith("[") || source.matches("[^:]+:\\d+");
        return withPort ? Endpoint.parse(source) : Endpoint.of(source, FIRST_PORT + pick);
    }

    private boolean isIpv6() {
        return recording.dests().stream().anyMatch(dest -> dest.addr().contains(":"));
    }

    private FakeServer server(List<String> argv) {
        var endpoint = Endpoint.parse(option(argv, "-r", ""));
        return pool.all().stream()
                .filter(server -> server.endpoint().equals(endpoint))
                .findFirst()
                .orElseThrow();
    }

    private Scheduler scheduler(String name) {
        return Objects.requireNonNull(schedulers.get(name), () -> recording + " needs the scheduler " + name);
    }

    private static Set<SchedulerFlag> flags(List<String> options) {
        var words = option(options, "-b", "");
        var flags = EnumSet.noneOf(SchedulerFlag.class);
        FLAGS.forEach((word, flag) -> {
            if (words.contains(word)) {
                flags.add(flag);
            }
        });
        return flags;
    }

    private static String option(List<String> argv, String name, String otherwise) {
        int at = argv.indexOf(name);
        return at < 0 ? otherwise : argv.get(at + 1);
    }

    /** Servers end in .11, .12 ... (::11, ::12 ...) and are called r1, r2 ... */
    private static String name(Server server) {
        var address = server.endpoint().address().getHostAddress();
        return "r" + address.charAt(address.length() - 1);
    }
}
