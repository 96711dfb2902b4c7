package io.jlvs.datapath.ebpf;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlvs.api.datapath.Decision;
import io.jlvs.api.datapath.Upcalls;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.datapath.ebpf.libbpf.BpfFs;
import io.jlvs.datapath.ebpf.libbpf.BpfObject;
import io.jlvs.datapath.ebpf.libbpf.NetDevice;
import io.jlvs.datapath.ebpf.libbpf.TcFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A client, two directors that both have the VIP 10.0.0.100, and a machine that is two real servers, each in a namespace
 * of its own. Which director the client's packets take, and the server's answers in nat, is a route that tests switch.
 */
final class TwoDirectors implements AutoCloseable, Upcalls {

    static final String VIP = "10.0.0.100";
    static final String FIRST = "10.9.9.1";
    static final String SECOND = "10.9.9.2";

    private static final Path ROOT = Path.of("/sys/fs/bpf");
    private static final String PREFIX = "jlvs-two-";

    final OwnNamespace client = new OwnNamespace();
    final OwnNamespace server = new OwnNamespace();
    final OwnNamespace[] directors = {new OwnNamespace(), new OwnNamespace()};
    private final boolean answersReturn;

    /** @param answersReturn whether the server answers through the director */
    TwoDirectors(boolean answersReturn) {
        assumeTrue(
                EbpfDataPath.unavailable().isEmpty(),
                () -> EbpfDataPath.unavailable().orElse(""));
        removeLeftOvers();
        this.answersReturn = answersReturn;
        client.connect("jlvss", server, "jlvsc");
        client.sh("ip address add 10.0.0.1/32 dev lo; ip address add 10.1.3.1/24 dev jlvss");
        server.sh("ip address add 10.1.3.2/24 dev jlvsc; ip address add " + FIRST + "/32 dev lo; ip address add "
                + SECOND + "/32 dev lo; ip address add " + VIP + "/32 dev lo");
        for (int i = 0; i < directors.length; i++) {
            lay(i);
        }
        for (var namespace : List.of(client, server, directors[0], directors[1])) {
            namespace.sh("for f in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 > $f; done");
        }
        switchTo(0);
    }

    private void lay(int i) {
        var director = directors[i];
        var near = "10.1." + (i + 1);
        var far = "10.2." + (i + 1);
        client.connect("jlvsd" + i, director, "jlvsc");
        server.connect("jlvsd" + i, director, "jlvss");
        client.sh("ip address add " + near + ".1/24 dev jlvsd" + i);
        server.sh("ip address add " + far + ".1/24 dev jlvsd" + i);
        director.sh("set -e; ip address add " + near + ".2/24 dev jlvsc; ip address add " + far
                + ".2/24 dev jlvss; ip address add " + VIP + "/32 dev lo; ip route add 10.0.0.1 via " + near
                + ".1; ip route add 10.9.9.0/24 via " + far + ".1");
    }

    /** From now on packets take the way over a director. */
    void switchTo(int director) {
        client.sh("ip route replace " + VIP + " via 10.1." + (director + 1) + ".2 src 10.0.0.1");
        server.sh("ip route replace 10.0.0.1 via " + (answersReturn ? "10.2." + (director + 1) + ".2" : "10.1.3.1"));
    }

    /** Lets the server take packets out of tunnels. */
    void unwrapTunnels() {
        server.run(() -> {
            try (var object = BpfObject.open("decap", withVip(Programs.read("decap.tc.bpf.o")))) {
                object.load();
                var devices = NetDevice.all();
                try (var program = object.program("decapsulate")) {
                    devices.stream()
                            .filter(device -> device.name().startsWith("jlvsd"))
                            .forEach(device ->
                                    new TcFilter(device.index(), TcFilter.Direction.INGRESS, 1, 1).attach(program));
                }
            }
        });
    }

    /** The program's settings are in its file: one VIP. */
    private static byte[] withVip(byte[] elf) {
        var name = "jlvs-decap-set-1";
        var place = new String(elf, StandardCharsets.ISO_8859_1).indexOf(name) + name.length();
        var settings = HexFormat.of().parseHex("17c001" + "00".repeat(13) + "00".repeat(10) + "ffff0a000064");
        System.arraycopy(settings, 0, elf, place, settings.length);
        return elf;
    }

    EbpfDataPath start(int director) {
        var options =
                new EbpfOptions(List.of("jlvsc", "jlvss"), pins(director), false, 4096, 16, 16, true, true, Map.of());
        return directors[director].call(() -> new EbpfDataPath(options, this));
    }

    /** Where the machine with both servers listens: their own addresses, or the VIP that all packets are for. */
    private String listening(String server) {
        return answersReturn ? server : VIP;
    }

    ServerSocket listen(String on, int port) {
        return server.call(() -> {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(listening(on), port));
            return socket;
        });
    }

    DatagramSocket listenUdp(String on, int port) {
        return server.call(() -> new DatagramSocket(new InetSocketAddress(listening(on), port)));
    }

    Socket connect(int port) {
        return client.call(() -> {
            var socket = new Socket();
            socket.bind(new InetSocketAddress("10.0.0.1", 0));
            socket.connect(new InetSocketAddress(VIP, port), 5000);
            socket.setSoTimeout(10_000);
            return socket;
        });
    }

    DatagramSocket connectUdp(int port) {
        return client.call(() -> {
            var socket = new DatagramSocket(new InetSocketAddress("10.0.0.1", 0));
            socket.connect(new InetSocketAddress(VIP, port));
            socket.setSoTimeout(10_000);
            return socket;
        });
    }

    @Override
    public void schedule(ConnectionRequested request, Consumer<Decision> answer) {
        answer.accept(new Decision.Refuse(RefusalReason.NO_SERVER));
    }

    @Override
    public void publish(JlvsEvent event) {}

    private static Path pins(int director) {
        return ROOT.resolve(PREFIX + ProcessHandle.current().pid() + "-" + director);
    }

    private static void removeLeftOvers() {
        try (var folders = Files.newDirectoryStream(ROOT, PREFIX + "*")) {
            for (var folder : folders) {
                var pid = Long.parseLong(folder.getFileName().toString().split("-", -1)[2]);
                if (pid == ProcessHandle.current().pid()
                        || ProcessHandle.of(pid).isEmpty()) {
                    BpfFs.remove(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        for (int i = 0; i < directors.length; i++) {
            directors[i].close();
            BpfFs.remove(pins(i));
        }
    }
}
