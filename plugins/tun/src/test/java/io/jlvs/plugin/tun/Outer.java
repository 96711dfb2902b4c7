package io.jlvs.plugin.tun;

import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Gre;
import io.jlvs.api.testing.packet.Gue;
import io.jlvs.api.testing.packet.Ipv4;
import io.jlvs.api.testing.packet.Ipv6;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.datapath.ebpf.Family;

/**
 * What goes around a client's packet.
 *
 * @param inner the packet inside, from its IP header on, one hop further
 * @param header the outer IP header, whose TTL, TOS and DF are those of the packet inside
 * @param isIpv4 the packet inside
 */
record Outer(Frame inner, Packet header, boolean isIpv4) {

    /** @param sent what has left: its id is a number of its own, or 0 with DF */
    static Outer of(Packet packet, Family family, Frame sent) {
        var inner = Family.hop(packet).frame();
        return inner.find(Ipv4.class)
                .map(ip -> new Outer(
                        Frame.parseIp(inner.networkBytes()), header(family, ip.ttl(), ip.tos(), ip.isDf(), sent), true))
                .orElseGet(() -> ofIpv6(inner, family, sent));
    }

    private static Outer ofIpv6(Frame inner, Family family, Frame sent) {
        var ip = inner.get(Ipv6.class);
        return new Outer(
                Frame.parseIp(inner.networkBytes()),
                header(family, ip.hopLimit(), ip.trafficClass(), true, sent),
                false);
    }

    private static Packet header(Family family, int ttl, int tos, boolean df, Frame sent) {
        var bare = Packet.bare();
        return family == Family.IPV4
                ? bare.ipv4(family.director(), family.server())
                        .ttl(ttl)
                        .tos(tos)
                        .df(df)
                        .id(df ? 0 : sent.get(Ipv4.class).id())
                : bare.ipv6(family.director(), family.server()).hopLimit(ttl).trafficClass(tos);
    }

    /** The packet inside on the last outer header, whose next protocol it is. */
    Packet with(Packet below) {
        return switch (below) {
            case Ipv4 ip -> ip.protocol(isIpv4 ? 4 : 41).payload(inner.bytes());
            case Ipv6 ip -> ip.nextHeader(isIpv4 ? 4 : 41).payload(inner.bytes());
            case Gue gue -> gue.protocol(isIpv4 ? 4 : 41).payload(inner.bytes());
            case Gre gre -> gre.type(isIpv4 ? 0x0800 : 0x86dd).payload(inner.bytes());
            default -> below.payload(inner.bytes());
        };
    }
}
