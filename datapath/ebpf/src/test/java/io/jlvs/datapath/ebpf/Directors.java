package io.jlvs.datapath.ebpf;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlvs.api.datapath.Decision;
import io.jlvs.api.datapath.Upcalls;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.datapath.ebpf.libbpf.BpfFs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Data paths of a test, one after the other, in a namespace of their own, and a client in another. The VIP 10.0.0.100 is
 * on the director, which is its own real server in the mode {@link PassMode}.
 */
final class Directors implements AutoCloseable, Upcalls {

    static final String VIP = "10.0.0.100";
    static final String CLIENT = "10.0.0.1";

    private static final String FOLDERS = "jlvs-test-java-";
    private static final Path PINS =
            Path.of("/sys/fs/bpf", FOLDERS + ProcessHandle.current().pid());

    final OwnNamespace director = new OwnNamespace();
    final OwnNamespace client = new OwnNamespace();
    final Queue<JlvsEvent> events = new ConcurrentLinkedQueue<>();
    final Queue<ConnectionRequested> requests = new ConcurrentLinkedQueue<>();
    Function<ConnectionRequested, Decision> scheduler = _ -> new Decision.Refuse(RefusalReason.NO_SERVER);
    /** Answers, unless it is replaced, with what {@link #scheduler} says, at once. */
    BiConsumer<ConnectionRequested, Consumer<Decision>> answering =
            (request, answer) -> answer.accept(scheduler.apply(request));
    /** After each answer. */
    Runnable answered = () -> {};

    final Queue<Integer> seen = new ConcurrentLinkedQueue<>();
    EbpfOptions options = options(List.of(), false, 16, 16);

    Directors() {
        assumeTrue(
                EbpfDataPath.unavailable().isEmpty(),
                () -> EbpfDataPath.unavailable().orElse(""));
        removeLeftOvers();
        director.connect("jlvs0", client, "jlvs0");
        director.sh("ip address add 10.0.0.2/24 dev jlvs0; ip address add " + VIP + "/32 dev lo");
        client.sh("ip address add " + CLIENT + "/24 dev jlvs0; ip route add " + VIP + " dev jlvs0 via 10.0.0.2");
    }

    /** Options for this run's pins and a small connection table. */
    static EbpfOptions options(List<String> interfaces, boolean xdp, int services, int servers) {
        return new EbpfOptions(interfaces, PINS, xdp, 4096, services, servers, true, true, Map.of());
    }

    /** Also those of killed runs. Others may be running. */
    private static void removeLeftOvers() {
        try (var folders = Files.list(PINS.getParent())) {
            folders.filter(folder -> folder.getFileName().toString().startsWith(FOLDERS))
                    .filter(folder -> folder.equals(PINS) || !isAlive(folder))
                    .forEach(BpfFs::remove);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAlive(Path folder) {
        var pid = Long.parseLong(folder.getFileName().toString().substring(FOLDERS.length()));
        return ProcessHandle.of(pid).isPresent();
    }

    /** Starts the next data path; the one before must be closed. */
    EbpfDataPath start() {
        return director.call(() -> new EbpfDataPath(options, this));
    }

    ServerSocket listen(int port) {
        return director.call(() -> {
            var socket = new ServerSocket();
            socket.bind(new InetSocketAddress(VIP, port));
            return socket;
        });
    }

    /** As {@link #connect}. */
    Socket tryToConnect(int port) {
        try {
            return connect(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection of the client; null when it is refused. */
    Socket connect(int port) throws IOException {
        return client.call(() -> {
            var socket = new Socket();
            socket.connect(new InetSocketAddress(VIP, port), 5000);
            return socket;
        });
    }

    @Override
    public void schedule(ConnectionRequested request, Consumer<Decision> answer) {
        requests.add(request);
        answering.accept(request, answer);
        answered.run();
    }

    @Override
    public void publish(JlvsEvent event) {
        events.add(event);
    }

    @Override
    public void close() {
        director.close();
        client.close();
        BpfFs.remove(options.pins());
    }
}
