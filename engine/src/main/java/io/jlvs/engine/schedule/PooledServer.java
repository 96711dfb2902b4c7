package io.jlvs.engine.schedule;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.datapath.ServerLoad;
import io.jlvs.api.spi.Server;

/** A real server in its service's pool, from the moment it is added until it is removed. */
final class PooledServer implements Server {

    private final ServerId id;
    private final ServerLoad load;
    private RealServer server;
    private int lastWeight;
    private boolean overloaded;
    private boolean opened;
    private boolean limitsIgnored;

    PooledServer(ServerId id, RealServer server, ServerLoad load) {
        this.id = id;
        this.load = load;
        this.server = server;
        this.lastWeight = server.weight();
    }

    ServerId id() {
        return id;
    }

    RealServer server() {
        return server;
    }

    void edit(RealServer edited) {
        opened |= edited.thresholds().open(server.thresholds());
        server = edited;
        if (edited.weight() > 0) {
            lastWeight = edited.weight();
        }
    }

    /** Looks at the thresholds again; tells whether that opened or closed the server. */
    boolean overloadFlips() {
        var now = server.thresholds().overloaded(active() + inactive(), overloaded && !opened);
        opened = false;
        var flips = now != overloaded;
        overloaded = now;
        return flips;
    }

    @Override
    public Endpoint endpoint() {
        return id.server();
    }

    @Override
    public int weight() {
        return server.weight();
    }

    @Override
    public int lastWeight() {
        return lastWeight;
    }

    @Override
    public int active() {
        return load.active();
    }

    @Override
    public int inactive() {
        return load.inactive();
    }

    /** Lets the server seem open as long as this is so, whatever its thresholds say. */
    void ignoreLimits(boolean ignored) {
        limitsIgnored = ignored;
    }

    @Override
    public boolean overloaded() {
        return overloaded && !limitsIgnored;
    }

    @Override
    public String toString() {
        return endpoint() + " weight " + weight();
    }
}
