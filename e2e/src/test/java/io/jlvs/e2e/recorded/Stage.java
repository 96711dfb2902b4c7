package io.jlvs.e2e.recorded;

import io.jlvs.e2e.lab.Director;
import io.jlvs.e2e.lab.Host;
import io.jlvs.e2e.lab.Inhabitant;
import io.jlvs.e2e.lab.Server;
import io.jlvs.e2e.lab.Topology;
import io.jlvs.e2e.recorded.Recording.Command;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where recordings are played: a topology with servers that serve nothing but what the play tells them, and a director. */
final class Stage implements AutoCloseable {

    private final Topology topology;
    private final Director director;
    private final Caller client;
    private final List<AutoCloseable> open = new ArrayList<>();

    Stage(Topology topology) {
        this.topology = topology;
        director = Director.start(topology);
        client = new Caller(inhabitant(topology.client()));
        topology.client().sysctl("net.ipv4.tcp_tw_reuse", "1");
    }

    Caller client() {
        return client;
    }

    Director director() {
        return director;
    }

    Topology topology() {
        return topology;
    }

    /** One by one, as in a script: each line is a command line without {@code ipvsadm}. */
    void ipvsadm(String... lines) {
        for (var line : lines) {
            director.ipvsadm(line.split(" ", -1));
        }
    }

    /** @param number 1.. */
    Server server(int number) {
        return topology.servers().get(number - 1);
    }

    /** A socket of a server that takes connections. */
    ServerSocket listen(int server, int port) {
        var listening = inhabitant(server(server).host()).call(() -> {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port), 200);
            socket.setSoTimeout(5000);
            return socket;
        });
        open.add(listening);
        return listening;
    }

    Inhabitant inhabitant(Host host) {
        var inhabitant = new Inhabitant(host);
        open.add(inhabitant);
        return inhabitant;
    }

    /** Runs a recorded command; what it prints. */
    String run(Command command) {
        var words = command.line().split(" ", -1);
        if (!words[0].equals("ipvsadm")) {
            return topology.client().run(("busybox " + command.line()).split(" ", -1));
        }
        return director.ipvsadm(Arrays.copyOfRange(words, 1, words.length));
    }

    @Override
    public void close() throws IOException {
        client.close();
        for (var each : open) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
        topology.close();
    }
}
