package io.jlvs.api.testing.packet;

import java.util.Arrays;
import java.util.List;

/** The 8 bytes that every ICMP (RFC 792) and ICMPv6 (RFC 4443) message begins with; which one tells the IP below. */
public record Icmp(Packet below, Bits bits) implements Packet {

    static final int SIZE = 8;
    static final Field TYPE = Field.of("ICMP type", 0, 8);
    static final Field CODE = Field.of("ICMP code", 8, 8);
    static final Field CHECKSUM = Field.checksum("ICMP checksum", 16, 16);
    static final Field REST = Field.of("rest of ICMP header", 32, 32);
    static final Field ID = Field.of("ICMP id", 32, 16);
    static final Field SEQ = Field.of("ICMP seq", 48, 16);

    static Icmp of(Packet below, int type, int code) {
        return new Icmp(below, Bits.zeros(SIZE)).set(TYPE, type).set(CODE, code);
    }

    static Icmp of(Packet below, int type, int typeV6, int code) {
        return of(below, isOverV6(below) ? typeV6 : type, code);
    }

    static boolean isOverV6(Packet below) {
        return below instanceof Ipv6 || (!(below instanceof Ipv4) && below.network() instanceof Ipv6);
    }

    public boolean isV6() {
        return isOverV6(below);
    }

    public int type() {
        return bits.number(TYPE);
    }

    public int code() {
        return bits.number(CODE);
    }

    public int id() {
        return bits.number(ID);
    }

    public Icmp id(int id) {
        return set(ID, id);
    }

    public int seq() {
        return bits.number(SEQ);
    }

    public Icmp seq(int seq) {
        return set(SEQ, seq);
    }

    /** The MTU of a "fragmentation needed" or "packet too big". */
    public int mtu() {
        return bits.number(isV6() ? REST : SEQ);
    }

    public Icmp mtu(int mtu) {
        return set(isV6() ? REST : SEQ, mtu);
    }

    /** The four bytes behind the checksum, which mean something else in each type. */
    public Icmp rest(long value) {
        return set(REST, value);
    }

    public int checksum() {
        return bits.number(CHECKSUM);
    }

    public Icmp checksum(int checksum) {
        return set(CHECKSUM, checksum);
    }

    public boolean isTooBig() {
        return isV6() ? type() == 2 : type() == 3 && code() == 4;
    }

    /** A request or a reply. */
    public boolean isEcho() {
        return isV6() ? type() == 128 || type() == 129 : type() == 8 || type() == 0;
    }

    /** Whether it is about another packet, which it quotes from the IP header on. */
    public boolean isError() {
        return isV6() ? type() < 128 : List.of(3, 4, 5, 11, 12).contains(type());
    }

    /** The packet that the error is about, from its IP header on, cut after so many bytes. */
    public Payload quoting(Packet packet, int most) {
        return quoting(packet.frame(), most);
    }

    /** As {@link #quoting(Packet, int)}, whole. */
    public Payload quoting(Packet packet) {
        return quoting(packet, Integer.MAX_VALUE);
    }

    /** As {@link #quoting(Packet, int)}. */
    public Payload quoting(Frame frame, int most) {
        var bytes = frame.networkBytes();
        return payload(Arrays.copyOf(bytes, Math.min(most, bytes.length)));
    }

    private Icmp set(Field field, long value) {
        return on(below, bits.with(field, value));
    }

    @Override
    public List<Field> fields() {
        return isError() ? List.of(TYPE, CODE, REST, CHECKSUM) : List.of(TYPE, CODE, ID, SEQ, CHECKSUM);
    }

    @Override
    public Icmp on(Packet below, Bits bits) {
        return new Icmp(below, bits);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return bits.checksum(
                CHECKSUM,
                header -> isV6()
                        ? Checksum.transport(this, header, above)
                        : Checksum.of(Checksum.concat(header.bytes(), above)));
    }
}
