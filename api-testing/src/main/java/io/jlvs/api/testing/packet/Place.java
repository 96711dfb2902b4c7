package io.jlvs.api.testing.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A layer in its packet.
 *
 * @param upper the layer above it, or {@link Bare}
 * @param above the bytes above it, as they are
 * @param offset of its first byte in the packet
 * @param whole whether no IP header below says that there is more of the packet elsewhere
 */
record Place(Packet layer, Packet upper, Bits above, int offset, boolean whole) {

    /** From the link up, without a {@link Trailer}. */
    static List<Place> of(Packet packet) {
        var layers = (packet instanceof Trailer ? packet.below() : packet).layers();
        var places = new ArrayList<Place>();
        var offset = 0;
        var whole = true;
        for (var i = 0; i < layers.size(); i++) {
            var upper = i + 1 < layers.size() ? layers.get(i + 1) : new Bare();
            var place = new Place(layers.get(i), upper, above(layers, i), offset, whole);
            places.add(place);
            offset += layers.get(i).bits().size();
            whole = whole && !place.isPart();
        }
        return places;
    }

    private static Bits above(List<Packet> layers, int index) {
        return Bits.of(layers.stream()
                .skip(index + 1L)
                .map(layer -> layer.bits().bytes())
                .reduce(new byte[0], Checksum::concat));
    }

    private boolean isPart() {
        return switch (layer) {
            case Ipv4 ip -> ip.isFragment() || ip.totalLength() > ip.bits().size() + above.size();
            case Ipv6 ip -> ip.payloadLength() > above.size();
            case Ipv6Fragment fragment -> fragment.isFragment();
            default -> false;
        };
    }

    long found(Field field) {
        return layer.bits().get(field);
    }

    /** What a correct sender would have put there. */
    long expected(Field field) {
        var full = switch (layer) {
            case Tcp tcp -> new Tcp(tcp.below(), tcp.bits(), false);
            case Udp udp -> new Udp(udp.below(), udp.bits(), false);
            default -> layer;
        };
        return full.on(full.below(), full.bits().free(field))
                .seal(upper, above.bytes())
                .get(field);
    }

    /** Fields other than checksums that are not what a correct sender would have put there. */
    List<Field> wrong() {
        return layer.fields().stream()
                .filter(field -> field.computed() && !field.isChecksum() && found(field) != expected(field))
                .toList();
    }

    Optional<Verified> verified() {
        return layer.fields().stream()
                .filter(Field::isChecksum)
                .findFirst()
                .map(field -> new Verified(field.name(), verdict(field), found(field), expected(field)));
    }

    private Verdict verdict(Field field) {
        if (layer instanceof Udp && found(field) == 0) {
            return Verdict.ABSENT;
        }
        if (isSame(found(field), expected(field))) {
            return Verdict.CORRECT;
        }
        if (isPartial()) {
            return Verdict.PARTIAL;
        }
        return whole || layer instanceof Ipv4 ? Verdict.INCORRECT : Verdict.UNKNOWN;
    }

    /** Zero and all ones are the same number in one's complement, and an incremental update may give either. */
    private boolean isSame(long found, long expected) {
        return found == expected || (!(layer instanceof Sctp) && found % 0xffff == expected % 0xffff);
    }

    /** Whether the checksum is that of the pseudo-header alone. */
    boolean isPartial() {
        return switch (layer) {
            case Tcp tcp ->
                tcp.checksum()
                        == tcp.partialChecksum().seal(upper, above.bytes()).get(Tcp.CHECKSUM);
            case Udp udp ->
                udp.checksum()
                        == udp.partialChecksum().seal(upper, above.bytes()).get(Udp.CHECKSUM);
            default -> false;
        };
    }
}
