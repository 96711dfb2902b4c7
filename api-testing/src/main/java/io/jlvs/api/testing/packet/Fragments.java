package io.jlvs.api.testing.packet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts packets into fragments. */
final class Fragments {

    private Fragments() {}

    /** A fragment offset in bytes as the header holds it. */
    static int units(int bytes) {
        if (bytes % 8 != 0) {
            throw new IllegalArgumentException("fragment offset %d: a multiple of 8".formatted(bytes));
        }
        return bytes / 8;
    }

    static List<Packet> of(Frame frame, int mtu, long id) {
        var ip = frame.layers().stream()
                .filter(layer -> layer instanceof Ipv4 || layer instanceof Ipv6)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no IP header to cut at: " + frame.describe()));
        var headers = ip.bits().size() + (ip instanceof Ipv6 ? Ipv6Fragment.SIZE : 0);
        var body = Bits.of(frame.networkBytes()).from(ip.bits().size());
        var most = (mtu - headers) / 8 * 8;
        if (most <= 0) {
            throw new IllegalArgumentException("MTU %d: more than %d".formatted(mtu, headers + 7));
        }
        var pieces = new ArrayList<Packet>();
        for (var offset = 0; offset < body.length; offset += most) {
            var end = Math.min(offset + most, body.length);
            var header = header(ip, offset, end < body.length, id);
            pieces.add(header.payload(Arrays.copyOfRange(body, offset, end)));
        }
        return pieces;
    }

    private static Packet header(Packet ip, int offset, boolean more, long id) {
        return switch (ip) {
            case Ipv4 v4 -> v4.fragmentOffset(offset).mf(more).id((int) id & 0xffff);
            case Ipv6 v6 -> v6.fragment(offset, more, id).nextHeader(v6.nextHeader());
            default -> throw new IllegalArgumentException("not an IP header: " + ip);
        };
    }
}
