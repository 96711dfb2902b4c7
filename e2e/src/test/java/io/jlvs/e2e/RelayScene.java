package io.jlvs.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** The {@code user} data path, which takes no privilege. */
final class RelayScene implements Scene {

    private static final int CLIENTS = 30;

    private final Running running;
    private final NginxServers servers;
    private final RunningEngine engine;
    private final String busiest;

    RelayScene(Running running) {
        this.running = running;
        servers = running.add(NginxServers.start(4), NginxServers::close);
        engine = running.add(RunningEngine.start(), RunningEngine::close);
        dropInBrokenJar();
        busiest = visited("wlc", CLIENTS, "s1", "s2", "s3");
        visited("mh", CLIENTS / 2, "s2", "s3");
        visited("lblc", CLIENTS / 2, "s1", "s4");
        visited("rr", 1);
        visited("remote", 1, "s1"); // no sibling: its fallback picks
        servers.kill("s4");
        running.add(Operator.start(this::weigh), Operator::close);
    }

    @Override
    public String metrics() {
        return engine.httpAddress();
    }

    @Override
    public String cluster() {
        return "office";
    }

    /** A service whose first server has twice the weight of the others, and its clients. */
    private String visited(String scheduler, int clients, String... names) {
        var service = "127.0.0.1:" + Sandbox.freePort();
        engine.ipvsadm("-A", "-t", service, "-s", scheduler);
        for (var name : names) {
            var weight = name.equals(names[0]) ? "2" : "1";
            engine.ipvsadm("-a", "-t", service, "-r", servers.address(name), "-m", "-w", weight);
        }
        running.add(Tide.start(clients, () -> Client.to(service)), Tide::close);
        return service;
    }

    @Override
    public Map<String, String> choices() {
        return Map.of("service", busiest, "server", servers.address("s1"));
    }

    private void weigh(int weight) {
        engine.ipvsadm("-e", "-t", busiest, "-r", servers.address("s2"), "-m", "-w", Integer.toString(weight));
    }

    private void dropInBrokenJar() {
        try {
            Files.writeString(engine.product().plugins().resolve("broken.jar"), "no jar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
