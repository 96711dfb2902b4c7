package io.jlvs.api.testing.packet;

/** Leaves to be computed, in a packet that was read, whatever computing gives as it was read. */
final class Settling {

    private Settling() {}

    static Packet of(Packet packet) {
        Packet settled = new Bare();
        for (var place : Place.of(packet)) {
            var layer = settle(place);
            settled = layer.on(settled, layer.bits());
        }
        return packet instanceof Trailer trailer ? new Trailer(settled, trailer.bits()) : settled;
    }

    /** Sets by hand those fields in which the header differs from a computed one, the checksum last. */
    private static Packet settle(Place place) {
        var settled = place.layer();
        for (var field : settled.fields()) {
            var isRight = settled.seal(place.upper(), place.above().bytes()).get(field) == place.found(field);
            if (field.computed() && !isRight) {
                settled = field.isChecksum() && place.isPartial()
                        ? partial(settled)
                        : settled.on(settled.below(), settled.bits().with(field, place.found(field)));
            }
        }
        return settled;
    }

    private static Packet partial(Packet layer) {
        return switch (layer) {
            case Tcp tcp -> tcp.partialChecksum();
            case Udp udp -> udp.partialChecksum();
            default -> layer;
        };
    }
}
