package io.jlvs.engine.ipvsadm;

import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.Timeouts;
import java.time.Duration;

/** What {@code --set} sets. A data path that has no use for it does not keep it either, so it is remembered here. */
final class Timers {

    private final DataPath dataPath;
    private Timeouts timeouts;

    /** Begins with what the data path uses now. */
    Timers(DataPath dataPath) {
        this.dataPath = dataPath;
        this.timeouts = dataPath.timeouts();
    }

    /**
     * Hands them to the data path.
     *
     * @param three seconds for TCP, TCP in FIN_WAIT, and UDP; 0 leaves one as it is
     */
    synchronized void set(int... three) {
        timeouts = new Timeouts(
                seconds(three[0], timeouts.tcp()),
                seconds(three[1], timeouts.tcpFin()),
                seconds(three[2], timeouts.udp()));
        dataPath.use(timeouts);
    }

    /** {@code Timeout (tcp tcpfin udp): 900 120 300}. */
    @Override
    public synchronized String toString() {
        return "Timeout (tcp tcpfin udp): " + timeouts.tcp().toSeconds() + " "
                + timeouts.tcpFin().toSeconds() + " " + timeouts.udp().toSeconds();
    }

    private static Duration seconds(int seconds, Duration before) {
        return seconds == 0 ? before : Duration.ofSeconds(seconds);
    }
}
