package io.jlvs.api.testing.packet;

import java.util.List;

/** An IPv4 header (RFC 791) with its options. Starts with TTL 64, id 0, no DF, TOS 0. */
public record Ipv4(Packet below, Bits bits) implements Packet {

    static final int SIZE = 20;
    static final Field VERSION = Field.computed("version", 0, 4);
    static final Field HEADER_LENGTH = Field.computed("header length", 4, 4);
    static final Field TOS = Field.of("TOS", 8, 8);
    static final Field TOTAL_LENGTH = Field.computed("total length", 16, 16);
    static final Field ID = Field.of("id", 32, 16);
    static final Field RESERVED = Field.of("reserved flag", 48, 1);
    static final Field DF = Field.of("DF", 49, 1);
    static final Field MF = Field.of("MF", 50, 1);
    static final Field OFFSET = Field.of("fragment offset", 51, 13);
    static final Field TTL = Field.of("TTL", 64, 8);
    static final Field PROTOCOL = Field.computed("protocol", 72, 8);
    static final Field CHECKSUM = Field.checksum("header checksum", 80, 16);
    static final Field SOURCE = Field.of("source address", 96, 32);
    static final Field DESTINATION = Field.of("destination address", 128, 32);

    static Ipv4 of(Packet below, String source, String destination) {
        return new Ipv4(below, Bits.zeros(SIZE)).ttl(64).source(source).destination(destination);
    }

    public int version() {
        return bits.number(VERSION);
    }

    public Ipv4 version(int version) {
        return set(VERSION, version);
    }

    /** In words of 4 bytes. */
    public int headerLength() {
        return bits.number(HEADER_LENGTH);
    }

    /** In words of 4 bytes: 5 is right for a header without options. */
    public Ipv4 headerLength(int words) {
        return set(HEADER_LENGTH, words);
    }

    public int tos() {
        return bits.number(TOS);
    }

    /** All 8 bits: DSCP and ECN. */
    public Ipv4 tos(int tos) {
        return set(TOS, tos);
    }

    public int totalLength() {
        return bits.number(TOTAL_LENGTH);
    }

    /** In bytes, this header included. */
    public Ipv4 totalLength(int bytes) {
        return set(TOTAL_LENGTH, bytes);
    }

    public int id() {
        return bits.number(ID);
    }

    public Ipv4 id(int id) {
        return set(ID, id);
    }

    public boolean isDf() {
        return bits.get(DF) == 1;
    }

    public Ipv4 df() {
        return df(true);
    }

    public Ipv4 df(boolean dontFragment) {
        return set(DF, dontFragment ? 1 : 0);
    }

    public boolean isMf() {
        return bits.get(MF) == 1;
    }

    /** More fragments follow. */
    public Ipv4 mf() {
        return mf(true);
    }

    public Ipv4 mf(boolean moreFragments) {
        return set(MF, moreFragments ? 1 : 0);
    }

    /** In bytes. */
    public int fragmentOffset() {
        return bits.number(OFFSET) * 8;
    }

    /** In bytes, a multiple of 8. */
    public Ipv4 fragmentOffset(int bytes) {
        return set(OFFSET, Fragments.units(bytes));
    }

    public boolean isFragment() {
        return isMf() || fragmentOffset() > 0;
    }

    public int ttl() {
        return bits.number(TTL);
    }

    public Ipv4 ttl(int ttl) {
        return set(TTL, ttl);
    }

    public int protocol() {
        return bits.number(PROTOCOL);
    }

    public Ipv4 protocol(int number) {
        return set(PROTOCOL, number);
    }

    public int checksum() {
        return bits.number(CHECKSUM);
    }

    public Ipv4 checksum(int checksum) {
        return set(CHECKSUM, checksum);
    }

    public String source() {
        return Addresses.ip(bits.slice(SOURCE));
    }

    public Ipv4 source(String address) {
        return on(below, bits.with(SOURCE, Addresses.ipv4(address)));
    }

    public String destination() {
        return Addresses.ip(bits.slice(DESTINATION));
    }

    public Ipv4 destination(String address) {
        return on(below, bits.with(DESTINATION, Addresses.ipv4(address)));
    }

    public byte[] options() {
        return bits.from(SIZE);
    }

    /** Padded with zeros (end of options) to a multiple of 4; at most 40 bytes. */
    public Ipv4 options(byte... options) {
        return on(below, bits.tail(SIZE, Options.padded(options, 4, 40)));
    }

    private Ipv4 set(Field field, long value) {
        return on(below, bits.with(field, value));
    }

    @Override
    public List<Field> fields() {
        return List.of(
                VERSION,
                HEADER_LENGTH,
                TOS,
                TOTAL_LENGTH,
                ID,
                RESERVED,
                DF,
                MF,
                OFFSET,
                TTL,
                PROTOCOL,
                SOURCE,
                DESTINATION,
                CHECKSUM);
    }

    @Override
    public Ipv4 on(Packet below, Bits bits) {
        return new Ipv4(below, bits);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return Numbers.nameProtocol(bits, PROTOCOL, upper)
                .auto(VERSION, 4)
                .auto(HEADER_LENGTH, bits.size() / 4)
                .auto(TOTAL_LENGTH, bits.size() + above.length)
                .checksum(CHECKSUM, header -> Checksum.of(header.bytes()));
    }
}
