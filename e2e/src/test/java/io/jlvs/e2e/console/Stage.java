package io.jlvs.e2e.console;

import io.jlvs.e2e.NginxServers;
import io.jlvs.e2e.RunningEngine;
import io.jlvs.e2e.Sandbox;

/** An engine with one service, {@code s1}, {@code s2} and {@code s3} behind it, and its console. */
final class Stage implements AutoCloseable {

    private final NginxServers servers;
    private final RunningEngine engine;
    private final String service = "127.0.0.1:" + Sandbox.freePort();

    private Stage(NginxServers servers, RunningEngine engine) {
        this.servers = servers;
        this.engine = engine;
    }

    /** Sets it up; the service has scheduler {@code rr} and all servers weight 1. */
    static Stage set() {
        return set("");
    }

    /** The same with more settings of {@code http}, as lines of YAML indented by two. */
    static Stage set(String ofHttp) {
        var servers = NginxServers.start(3);
        try {
            var stage = new Stage(servers, RunningEngine.start(ofHttp));
            stage.addService();
            return stage;
        } catch (RuntimeException | Error e) {
            servers.close();
            throw e;
        }
    }

    RunningEngine engine() {
        return engine;
    }

    /** The service: {@code 127.0.0.1:34567}. */
    String service() {
        return service;
    }

    /** The address of {@code s1}, {@code s2} or {@code s3}. */
    String server(String name) {
        return servers.address(name);
    }

    /** Ends a server by signal 9. */
    void kill(String name) {
        servers.kill(name);
    }

    /** What {@code ipvsadm -Sn} says of the service, a line each for it and its servers. */
    String rules() {
        return engine.ipvsadm("-Sn");
    }

    @Override
    public void close() {
        engine.close();
        servers.close();
    }

    private void addService() {
        engine.ipvsadm("-A", "-t", service, "-s", "rr");
        for (var name : servers.names()) {
            engine.ipvsadm("-a", "-t", service, "-r", server(name), "-m");
        }
    }
}
