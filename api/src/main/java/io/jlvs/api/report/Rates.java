package io.jlvs.api.report;

/** What counters grow by in a second; bytes, not bits. */
public record Rates(double connections, double inPackets, double outPackets, double inBytes, double outBytes) {}
