package io.jlvs.engine.stats;

/** Moving averages per second as IPVS estimates them; bytes, not bits. */
public record Rates(long connections, long inPackets, long outPackets, long inBytes, long outBytes) {

    public static final Rates NONE = new Rates(0, 0, 0, 0, 0);
}
