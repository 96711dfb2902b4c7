package io.jlvs.api.testing.packet;

import java.util.List;

/** An IPv6 header (RFC 8200). Starts with hop limit 64, traffic class 0, flow label 0. */
public record Ipv6(Packet below, Bits bits) implements Packet {

    static final int SIZE = 40;
    static final Field VERSION = Field.computed("version", 0, 4);
    static final Field TRAFFIC_CLASS = Field.of("traffic class", 4, 8);
    static final Field FLOW_LABEL = Field.of("flow label", 12, 20);
    static final Field PAYLOAD_LENGTH = Field.computed("payload length", 32, 16);
    static final Field NEXT_HEADER = Field.computed("next header", 48, 8);
    static final Field HOP_LIMIT = Field.of("hop limit", 56, 8);
    static final Field SOURCE = Field.of("source address", 64, 128);
    static final Field DESTINATION = Field.of("destination address", 192, 128);

    static Ipv6 of(Packet below, String source, String destination) {
        return new Ipv6(below, Bits.zeros(SIZE)).hopLimit(64).source(source).destination(destination);
    }

    public int version() {
        return bits.number(VERSION);
    }

    public Ipv6 version(int version) {
        return set(VERSION, version);
    }

    public int trafficClass() {
        return bits.number(TRAFFIC_CLASS);
    }

    public Ipv6 trafficClass(int trafficClass) {
        return set(TRAFFIC_CLASS, trafficClass);
    }

    public int flowLabel() {
        return bits.number(FLOW_LABEL);
    }

    public Ipv6 flowLabel(int label) {
        return set(FLOW_LABEL, label);
    }

    public int payloadLength() {
        return bits.number(PAYLOAD_LENGTH);
    }

    /** In bytes, without this header but with the extension headers. */
    public Ipv6 payloadLength(int bytes) {
        return set(PAYLOAD_LENGTH, bytes);
    }

    public int nextHeader() {
        return bits.number(NEXT_HEADER);
    }

    public Ipv6 nextHeader(int number) {
        return set(NEXT_HEADER, number);
    }

    public int hopLimit() {
        return bits.number(HOP_LIMIT);
    }

    public Ipv6 hopLimit(int hops) {
        return set(HOP_LIMIT, hops);
    }

    public String source() {
        return Addresses.ip(bits.slice(SOURCE));
    }

    public Ipv6 source(String address) {
        return on(below, bits.with(SOURCE, Addresses.ipv6(address)));
    }

    public String destination() {
        return Addresses.ip(bits.slice(DESTINATION));
    }

    public Ipv6 destination(String address) {
        return on(below, bits.with(DESTINATION, Addresses.ipv6(address)));
    }

    private Ipv6 set(Field field, long value) {
        return on(below, bits.with(field, value));
    }

    @Override
    public List<Field> fields() {
        return List.of(VERSION, TRAFFIC_CLASS, FLOW_LABEL, PAYLOAD_LENGTH, NEXT_HEADER, HOP_LIMIT, SOURCE, DESTINATION);
    }

    @Override
    public Ipv6 on(Packet below, Bits bits) {
        return new Ipv6(below, bits);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return Numbers.nameProtocol(bits, NEXT_HEADER, upper).auto(VERSION, 6).auto(PAYLOAD_LENGTH, above.length);
    }
}
