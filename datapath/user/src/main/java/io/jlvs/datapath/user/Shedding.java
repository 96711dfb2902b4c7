package io.jlvs.datapath.user;

import com.sun.management.UnixOperatingSystemMXBean;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Keeps the relay below its limit of connections, so that descriptors are left for servers, listeners and the control
 * plane. Tells once when it begins to turn clients away and once when it is over.
 */
final class Shedding {

    private static final String RESOURCE = "connections";
    private static final int RESERVED_DESCRIPTORS = 128;

    private final int limit;
    private final Consumer<JlvsEvent> events;
    private final InstantSource clock;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicBoolean shedding = new AtomicBoolean();

    /** @param limit 0: as many as the descriptor limit allows, at two descriptors each */
    Shedding(int limit, Consumer<JlvsEvent> events, InstantSource clock) {
        this.limit = limit > 0 ? limit : limitOfDescriptors();
        this.events = events;
        this.clock = clock;
    }

    int limit() {
        return limit;
    }

    /** Takes a place for a connection; false when there is none: turn the client away. */
    boolean enter() {
        if (connections.incrementAndGet() <= limit) {
            return true;
        }
        connections.decrementAndGet();
        begin("the limit of " + limit + " connections is reached: raise the descriptor limit or user.maxConnections");
        return false;
    }

    /** Gives the place back. A tenth of the places must be free before the overload counts as over. */
    void leave() {
        if (connections.decrementAndGet() <= limit - limit / 10 && shedding.compareAndSet(true, false)) {
            events.accept(new DirectorEvent.Recovered(clock.millis(), RESOURCE));
        }
    }

    /** The kernel had no descriptor for a socket. */
    void outOfDescriptors() {
        begin("the process is out of file descriptors: raise its limit");
    }

    /** Whether the failure is the lack of a descriptor, and so no fault of a server. */
    static boolean isOutOfDescriptors(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("Too many open files")) {
                return true;
            }
        }
        return false;
    }

    private void begin(String detail) {
        if (shedding.compareAndSet(false, true)) {
            events.accept(new DirectorEvent.Overloaded(clock.millis(), RESOURCE, detail));
        }
    }

    private static int limitOfDescriptors() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            return Math.clamp((system.getMaxFileDescriptorCount() - RESERVED_DESCRIPTORS) / 2, 16, 1 << 24);
        }
        return 4096;
    }
}
