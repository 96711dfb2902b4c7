package io.jlvs.api.testing.packet;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A TCP header (RFC 9293) with its options. Starts with no flags, seq and ack 0, window 64240.
 *
 * @param partial whether the checksum is that of the pseudo-header alone
 */
public record Tcp(Packet below, Bits bits, boolean partial) implements Packet {

    static final int SIZE = 20;
    static final Field SOURCE_PORT = Field.of("source port", 0, 16);
    static final Field DESTINATION_PORT = Field.of("destination port", 16, 16);
    static final Field SEQ = Field.of("seq", 32, 32);
    static final Field ACK = Field.of("ack", 64, 32);
    static final Field DATA_OFFSET = Field.computed("data offset", 96, 4);
    static final Field RESERVED = Field.of("reserved", 100, 4);
    static final Field FLAGS = Field.of("flags", 104, 8);
    static final Field WINDOW = Field.of("window", 112, 16);
    static final Field CHECKSUM = Field.checksum("TCP checksum", 128, 16);
    static final Field URGENT = Field.of("urgent pointer", 144, 16);

    static Tcp of(Packet below, int sourcePort, int destinationPort) {
        return new Tcp(below, Bits.zeros(SIZE), false)
                .window(64240)
                .sourcePort(sourcePort)
                .destinationPort(destinationPort);
    }

    public int sourcePort() {
        return bits.number(SOURCE_PORT);
    }

    public Tcp sourcePort(int port) {
        return set(SOURCE_PORT, port);
    }

    public int destinationPort() {
        return bits.number(DESTINATION_PORT);
    }

    public Tcp destinationPort(int port) {
        return set(DESTINATION_PORT, port);
    }

    public long seq() {
        return bits.get(SEQ);
    }

    public Tcp seq(long seq) {
        return set(SEQ, seq);
    }

    public long ack() {
        return bits.get(ACK);
    }

    /** The number only: the flag is set with {@link #flags}. */
    public Tcp ack(long ack) {
        return set(ACK, ack);
    }

    public Set<TcpFlag> flags() {
        return Stream.of(TcpFlag.values())
                .filter(flag -> (bits.number(FLAGS) & flag.mask()) != 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** These and no others. */
    public Tcp flags(TcpFlag... flags) {
        return set(FLAGS, Stream.of(flags).mapToInt(TcpFlag::mask).sum());
    }

    public int window() {
        return bits.number(WINDOW);
    }

    public Tcp window(int window) {
        return set(WINDOW, window);
    }

    public int urgentPointer() {
        return bits.number(URGENT);
    }

    public Tcp urgentPointer(int pointer) {
        return set(URGENT, pointer);
    }

    /** In words of 4 bytes. */
    public int dataOffset() {
        return bits.number(DATA_OFFSET);
    }

    /** In words of 4 bytes: 5 is right for a header without options. */
    public Tcp dataOffset(int words) {
        return set(DATA_OFFSET, words);
    }

    public int checksum() {
        return bits.number(CHECKSUM);
    }

    public Tcp checksum(int checksum) {
        return set(CHECKSUM, checksum);
    }

    /** As the kernel leaves it to the device (CHECKSUM_PARTIAL): the sum of the pseudo-header, not inverted. */
    public Tcp partialChecksum() {
        return new Tcp(below, bits.free(CHECKSUM), true);
    }

    public byte[] options() {
        return bits.from(SIZE);
    }

    /** Padded with zeros (end of options) to a multiple of 4; at most 40 bytes. */
    public Tcp options(byte... options) {
        return on(below, bits.tail(SIZE, Options.padded(options, 4, 40)));
    }

    private Tcp set(Field field, long value) {
        return on(below, bits.with(field, value));
    }

    @Override
    public List<Field> fields() {
        return List.of(SOURCE_PORT, DESTINATION_PORT, SEQ, ACK, DATA_OFFSET, RESERVED, FLAGS, WINDOW, URGENT, CHECKSUM);
    }

    @Override
    public Tcp on(Packet below, Bits bits) {
        return new Tcp(below, bits, partial);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return bits.auto(DATA_OFFSET, bits.size() / 4)
                .checksum(
                        CHECKSUM,
                        header -> partial
                                ? Checksum.partial(this, header, above)
                                : Checksum.transport(this, header, above));
    }
}
