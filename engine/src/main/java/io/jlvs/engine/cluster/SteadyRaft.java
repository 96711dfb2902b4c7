package io.jlvs.engine.cluster;

import java.time.Duration;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.raft.RAFT;

/**
 * Raft whose leader brings up those who lag behind while it is busy, too. The library's does so only when nothing came in
 * for a resend interval, so that a steady stream of changes would keep a director out that was away.
 */
final class SteadyRaft extends RAFT {

    private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

    private long resent = System.nanoTime();

    SteadyRaft() {
        setId(ClassConfigurator.getProtocolId(RAFT.class));
    }

    @Override
    protected void processQueue() {
        super.processQueue();
        var laggards = commit_table;
        if (laggards != null && System.nanoTime() - resent > INTERVAL_NANOS) {
            laggards.forEach(this::sendAppendEntriesMessage);
            resent = System.nanoTime();
        }
    }
}
