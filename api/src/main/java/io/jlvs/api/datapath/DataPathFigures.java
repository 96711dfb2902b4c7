package io.jlvs.api.datapath;

import java.util.Map;

/**
 * What a data path tells of its own working, beside traffic.
 *
 * @param tables how full its tables are, by name: {@code connections}, {@code templates}, {@code services}, {@code servers}
 * @param lostEvents what could not be told because a queue was full, by queue; never falls
 * @param askedPackets first packets of connections that a scheduler was asked about; never falls
 * @param sweeps how long it took to look through the connections for those that have ended
 */
public record DataPathFigures(
        Map<String, Fill> tables, Map<String, Long> lostEvents, long askedPackets, LatencyHistogram sweeps) {

    /** Of a data path that has no tables. */
    public static final DataPathFigures NONE = new DataPathFigures(Map.of(), Map.of(), 0, LatencyHistogram.EMPTY);

    /**
     * A table.
     *
     * @param entries that were in it when it was looked at last
     * @param capacity entries that there is room for, at least 1
     */
    public record Fill(long entries, long capacity) {}

    public DataPathFigures {
        tables = Map.copyOf(tables);
        lostEvents = Map.copyOf(lostEvents);
    }
}
