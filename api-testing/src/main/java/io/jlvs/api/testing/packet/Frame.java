package io.jlvs.api.testing.packet;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bytes of a frame, and the packet that they are. Any bytes make a frame: what is no header is payload.
 *
 * @param raw the bytes
 * @param packet the same as layers: {@code packet.bytes()} gives the bytes again
 */
public record Frame(Bits raw, Packet packet) {

    /** A frame that begins with an Ethernet header. */
    public static Frame parse(byte... bytes) {
        return new Frame(Bits.of(bytes), Dissector.ethernet(bytes));
    }

    /** A packet that begins with its IP header. */
    public static Frame parseIp(byte... bytes) {
        return new Frame(Bits.of(bytes), Dissector.ip(bytes));
    }

    static Frame of(Packet packet) {
        return packet.layers().stream().anyMatch(Ethernet.class::isInstance)
                ? parse(packet.bytes())
                : parseIp(packet.bytes());
    }

    public byte[] bytes() {
        return raw.bytes();
    }

    /** The first bytes. */
    public Frame truncated(int size) {
        return again(Arrays.copyOf(raw.bytes(), Math.min(size, raw.size())));
    }

    /** With some bytes overwritten and nothing computed again. */
    public Frame with(int offset, byte... bytes) {
        var copy = raw.bytes();
        System.arraycopy(bytes, 0, copy, offset, bytes.length);
        return again(copy);
    }

    private Frame again(byte[] changed) {
        return find(Ethernet.class).isPresent() ? parse(changed) : parseIp(changed);
    }

    /** From the link up. */
    public List<Packet> layers() {
        return packet.layers();
    }

    /** The lowest layer of a kind: of a tunnelled packet the outer header. */
    public <L extends Packet> Optional<L> find(Class<L> kind) {
        return layers().stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** The lowest layer of a kind, which must be there. */
    public <L extends Packet> L get(Class<L> kind) {
        return find(kind)
                .orElseThrow(() -> new AssertionError("no %s in %s".formatted(kind.getSimpleName(), describe())));
    }

    /** The uppermost layer of a kind, which must be there: of a tunnelled packet the inner header. */
    public <L extends Packet> L innermost(Class<L> kind) {
        return find(kind).isEmpty()
                ? get(kind)
                : layers().reversed().stream()
                        .filter(kind::isInstance)
                        .map(kind::cast)
                        .findFirst()
                        .orElseThrow();
    }

    /** From the first IP header on, or nothing. */
    public byte[] networkBytes() {
        var offset = 0;
        for (var layer : layers()) {
            if (layer instanceof Ipv4 || layer instanceof Ipv6) {
                return raw.from(offset);
            }
            offset += layer.bits().size();
        }
        return new byte[0];
    }

    /** The packet that an ICMP error is about, as much of it as is quoted. */
    public Optional<Frame> quoted() {
        return untrailed() instanceof Payload(Icmp icmp, Bits bits) && icmp.isError()
                ? Optional.of(parseIp(bits.bytes()))
                : Optional.empty();
    }

    private Packet untrailed() {
        return packet instanceof Trailer ? packet.below() : packet;
    }

    /** Every checksum from the outermost to the innermost; those of a quoted packet too. */
    public List<Verified> checksums() {
        return Stream.concat(
                        Place.of(packet).stream().flatMap(place -> place.verified().stream()),
                        quoted().stream().flatMap(frame -> frame.checksums().stream()))
                .toList();
    }

    /** The name of what is at a bit, counted from 0 at the frame's first: a layer and its field. */
    String nameAt(int bit) {
        return Place.of(packet).stream()
                .filter(place -> bit >= place.offset() * 8)
                .reduce((lower, upper) -> upper)
                .map(place -> Description.name(place, bit - place.offset() * 8))
                .orElse("nothing");
    }

    /** One line in the manner of tcpdump, with a verdict on every checksum. */
    public String describe() {
        return Description.of(this);
    }

    @Override
    public String toString() {
        return describe();
    }
}
