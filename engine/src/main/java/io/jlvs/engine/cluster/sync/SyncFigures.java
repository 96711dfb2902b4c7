package io.jlvs.engine.cluster.sync;

/**
 * What synchronisation has done since it began; no number ever falls.
 *
 * @param messagesSent handed to the transport
 * @param sent entries in them
 * @param bytesSent of them
 * @param messagesReceived of any kind
 * @param taken entries entered or brought up to date
 * @param older entries of which fresher is known here
 * @param leftOut entries whose service, server or mode is not known here, or for which there was no room
 * @param filtered messages of another syncid, or that came while nothing is taken
 * @param malformed messages that could not be read
 * @param dropped entries that were never sent because the transport did not keep up
 */
public record SyncFigures(
        long messagesSent,
        long sent,
        long bytesSent,
        long messagesReceived,
        long taken,
        long older,
        long leftOut,
        long filtered,
        long malformed,
        long dropped) {

    /** Of a director that does not synchronise. */
    public static final SyncFigures NONE = new SyncFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
