package io.jlvs.api.testing.packet;

import java.util.OptionalInt;

/** The number by which a layer is named in the header below it (IANA EtherTypes and protocol numbers). */
final class Numbers {

    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86dd;
    static final int VLAN = 0x8100;
    static final int QINQ = 0x88a8;

    static final int HOP_BY_HOP = 0;
    static final int ICMP = 1;
    static final int IPIP = 4;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int IPV6_IN_IP = 41;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int GRE = 47;
    static final int ICMPV6 = 58;
    static final int DESTINATION_OPTIONS = 60;
    static final int SCTP = 132;

    /** The UDP port of Generic UDP Encapsulation. */
    static final int GUE_PORT = 6080;

    private Numbers() {}

    static OptionalInt etherType(Packet layer) {
        return switch (layer) {
            case Ipv4 ip -> OptionalInt.of(IPV4);
            case Ipv6 ip -> OptionalInt.of(IPV6);
            case Vlan vlan -> OptionalInt.of(vlan.tagProtocol());
            default -> OptionalInt.empty();
        };
    }

    static OptionalInt protocol(Packet layer) {
        return switch (layer) {
            case Ipv4 ip -> OptionalInt.of(IPIP);
            case Ipv6 ip -> OptionalInt.of(IPV6_IN_IP);
            case Ipv6Extension extension -> OptionalInt.of(extension.number());
            case Ipv6Fragment fragment -> OptionalInt.of(FRAGMENT);
            case Tcp tcp -> OptionalInt.of(TCP);
            case Udp udp -> OptionalInt.of(UDP);
            case Icmp icmp -> OptionalInt.of(icmp.isV6() ? ICMPV6 : ICMP);
            case Sctp sctp -> OptionalInt.of(SCTP);
            case Gre gre -> OptionalInt.of(GRE);
            default -> OptionalInt.empty();
        };
    }

    /** The header with the EtherType of what is above it; left as it is when that has none. */
    static Bits nameEtherType(Bits header, Field field, Packet upper) {
        var number = etherType(upper);
        return number.isPresent() ? header.auto(field, number.getAsInt()) : header;
    }

    /** The header with the protocol number of what is above it; left as it is when that has none. */
    static Bits nameProtocol(Bits header, Field field, Packet upper) {
        var number = protocol(upper);
        return number.isPresent() ? header.auto(field, number.getAsInt()) : header;
    }
}
