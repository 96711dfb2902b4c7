package io.jlvs.api.testing;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Thresholds;
import io.jlvs.api.spi.Server;

/**
 * A server whose figures a test sets. Connections are counted as IPVS does, and thresholds close and open it. For one
 * thread.
 */
public final class FakeServer implements Server {

    private final Endpoint endpoint;
    private Thresholds thresholds = Thresholds.NONE;
    private int weight;
    private int lastWeight;
    private int active;
    private int inactive;
    private boolean overloaded;
    private boolean limitsIgnored;

    public FakeServer(Endpoint endpoint, int weight) {
        this.endpoint = endpoint;
        setWeight(weight);
    }

    /** {@code server("10.2.0.11", 80, 1)}. */
    public static FakeServer server(String address, int port, int weight) {
        return new FakeServer(Endpoint.of(address, port), weight);
    }

    /** Changes the weight, 0..2147483647; {@link #lastWeight} follows unless it is 0. */
    public void setWeight(int newWeight) {
        weight = newWeight;
        if (newWeight > 0) {
            lastWeight = newWeight;
        }
    }

    /** Opens or closes the server whatever its connections, until they or its thresholds change. */
    public void setOverloaded(boolean now) {
        overloaded = now;
    }

    public Thresholds thresholds() {
        return thresholds;
    }

    /** Changes the limits and looks at once whether they are reached. */
    public void setThresholds(Thresholds now) {
        thresholds = now;
        review();
    }

    /** Lets the server seem open as long as this is so, whatever its thresholds say. */
    void ignoreLimits(boolean ignored) {
        limitsIgnored = ignored;
    }

    /** Changes the connection counts. */
    public void setConnections(int nowActive, int nowInactive) {
        active = nowActive;
        inactive = nowInactive;
        review();
    }

    /** Counts a new connection that is active, as a TCP connection is. */
    public void open() {
        setConnections(active + 1, inactive);
    }

    /** Moves an active connection to the inactive ones, as TIME_WAIT does. */
    public void finish() {
        setConnections(active - 1, inactive + 1);
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public int lastWeight() {
        return lastWeight;
    }

    @Override
    public int active() {
        return active;
    }

    @Override
    public int inactive() {
        return inactive;
    }

    @Override
    public boolean overloaded() {
        return overloaded && !limitsIgnored;
    }

    @Override
    public String toString() {
        return endpoint + " weight " + weight + (overloaded ? " overloaded" : "");
    }

    private void review() {
        overloaded = thresholds.overloaded(active + inactive, overloaded);
    }
}
