package io.jlvs.api.testing.packet;

import java.util.List;

/** Makes computed fields of a packet that was read computed ones again wherever computing gives what was read. */
final class Settling {

    private Settling() {}

    static Packet of(Packet packet) {
        if (packet instanceof Trailer trailer) {
            return new Trailer(of(trailer.below()), trailer.bits());
        }
        Packet settled = new Bare();
        var layers = packet.layers();
        for (var i = 0; i < layers.size(); i++) {
            var layer = settle(layers.get(i), i + 1 < layers.size() ? layers.get(i + 1) : new Bare(), above(layers, i));
            settled = partialOrNot(layer, settled);
        }
        return settled;
    }

    private static byte[] above(List<Packet> layers, int index) {
        return layers.stream()
                .skip(index + 1)
                .map(layer -> layer.bits().bytes())
                .reduce(new byte[0], Checksum::concat);
    }

    private static Packet partialOrNot(Packet layer, Packet below) {
        return layer.on(below, layer.bits());
    }

    /** Sets by hand, one after the other, those fields in which the header differs from a computed one. */
    private static Packet settle(Packet layer, Packet upper, byte[] above) {
        var read = layer.bits();
        var settled = layer;
        for (var field : layer.fields()) {
            if (field.computed() && settled.seal(upper, above).get(field) != read.get(field)) {
                settled = settled.on(layer.below(), settled.bits().with(field, read.get(field)));
            }
        }
        return settled;
    }
}
