package io.jlvs.api.testing.packet;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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

    public byte[] bytes() {
        return raw.bytes();
    }

    /** The first bytes. */
    public Frame truncated(int size) {
        return parse(Arrays.copyOf(raw.bytes(), Math.min(size, raw.size())));
    }

    /** With some bytes overwritten and nothing computed again. */
    public Frame with(int offset, byte... bytes) {
        var copy = raw.bytes();
        System.arraycopy(bytes, 0, copy, offset, bytes.length);
        return parse(copy);
    }

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

    /** One line in the manner of tcpdump, with a verdict on every checksum. */
    public String describe() {
        return packet.toString();
    }
}
