package io.jlvs.engine;

import io.jlvs.engine.bus.DirectorName;
import io.jlvs.engine.cluster.ClusterOptions;
import io.jlvs.engine.config.EngineConfig;
import io.jlvs.engine.gateway.Doorkeeper;
import io.jlvs.engine.gateway.Feed;
import io.jlvs.engine.gateway.Gateway;
import io.jlvs.engine.gateway.Loop;
import io.jlvs.engine.gateway.TcpGateway;
import io.jlvs.engine.gateway.Tokens;
import io.jlvs.engine.http.ConsolePart;
import io.jlvs.engine.http.HttpFace;
import io.jlvs.engine.live.LiveTeller;
import io.jlvs.engine.stats.Drops;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/** The ways in for those outside, on an event loop of their own: what strangers can keep busy is not the director's. */
final class Gateways {

    private final Vertx outside;
    private final EngineConfig config;
    private final Gateway.Common common;

    /**
     * @param outside a Vert.x of one event loop
     * @throws IllegalStateException if the file of the tokens is wrong
     */
    Gateways(Vertx inside, Vertx outside, EngineConfig config, LiveTeller live, Drops drops, InstantSource clock) {
        this.outside = outside;
        this.config = config;
        var doorkeeper = new Doorkeeper(Tokens.of(config.access().tokens()), clock);
        doorkeeper.watch(outside);
        var loop = new Loop(outside);
        var feed = new Feed(inside, loop, name(config), live);
        common = new Gateway.Common(inside, loop, feed, doorkeeper, drops, Gateway.Common.PATIENCE);
    }

    /** By which events say whose they are. */
    private static String name(EngineConfig config) {
        return config.cluster().map(ClusterOptions::name).orElseGet(DirectorName::ofHost);
    }

    /** The console, which takes every path that other parts leave. */
    ConsolePart console() {
        var http = config.http();
        return new ConsolePart(outside, http.console(), http.host(), http.origins(), common);
    }

    /** Lets siblings in over TCP, if that is configured. Blocks until it listens. */
    void serveTcp() {
        config.bus()
                .tcp()
                .ifPresent(tcp -> listen(
                        TcpGateway.start(outside, tcp, TcpGateway.of(common, tcp.anonymous())),
                        tcp.host() + ":" + tcp.port() + " (bus.tcp.host, bus.tcp.port)"));
    }

    /** Blocks until it listens. */
    void serveHttp(HttpFace.Part... parts) {
        var http = config.http();
        listen(
                HttpFace.start(outside, http.host(), http.port(), http.tls(), parts),
                http.host() + ":" + http.port() + " (http.host, http.port)");
    }

    private static void listen(Future<?> listening, String place) {
        try {
            listening.await();
        } catch (Exception e) {
            throw new IllegalStateException("can't listen on " + place, e);
        }
    }
}
