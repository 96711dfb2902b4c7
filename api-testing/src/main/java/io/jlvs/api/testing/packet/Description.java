package io.jlvs.api.testing.packet;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Packets as a line of text in the manner of tcpdump. */
final class Description {

    private Description() {}

    static String of(Frame frame) {
        var layers = Place.of(frame.packet()).stream()
                .map(place -> frame.quoted()
                        .filter(quoted -> place.layer() instanceof Payload)
                        .map(quoted -> "quoting " + place.layer().bits().size() + " bytes: " + of(quoted))
                        .orElseGet(() -> layer(place)));
        var trailer = frame.packet() instanceof Trailer(Packet below, Bits bits)
                ? Stream.of("trailer " + bits.size() + " bytes")
                : Stream.<String>empty();
        return Stream.concat(layers, trailer).collect(Collectors.joining(" | "));
    }

    /** The name of a bit of a layer. */
    static String name(Place place, int bit) {
        return place.layer().fields().stream()
                .filter(field -> field.covers(bit))
                .findFirst()
                .map(field -> kind(place.layer()) + " " + field.name())
                .orElseGet(() -> beyondFields(place, bit / 8));
    }

    private static String beyondFields(Place place, int offset) {
        if (place.layer() instanceof Payload) {
            return "payload byte " + offset;
        }
        return offset < place.layer().bits().size()
                ? kind(place.layer()) + " options"
                : "byte " + (offset - place.layer().bits().size()) + " behind " + kind(place.layer());
    }

    private static String layer(Place place) {
        var text = new StringBuilder(text(place.layer()));
        place.verified().ifPresent(checksum -> text.append(' ').append(checksum));
        for (var field : place.wrong()) {
            text.append(" [%s %d, not %d]".formatted(field.name(), place.found(field), place.expected(field)));
        }
        return text.toString();
    }

    private static String kind(Packet layer) {
        return switch (layer) {
            case Ipv4 ip -> "IPv4";
            case Ipv6 ip -> "IPv6";
            case Vlan vlan -> "VLAN";
            case Ipv6Extension extension -> extensionName(extension);
            case Ipv6Fragment fragment -> "IPv6 fragment";
            case Icmp icmp -> icmp.isV6() ? "ICMPv6" : "ICMP";
            case Tcp tcp -> "TCP";
            case Udp udp -> "UDP";
            case Sctp sctp -> "SCTP";
            case Gre gre -> "GRE";
            case Gue gue -> "GUE";
            case Ethernet ethernet -> "Ethernet";
            case Payload payload -> "payload";
            case Trailer trailer -> "trailer";
            case Bare bare -> "nothing";
        };
    }

    private static String extensionName(Ipv6Extension extension) {
        return switch (extension.number()) {
            case Numbers.HOP_BY_HOP -> "hop-by-hop options";
            case Numbers.ROUTING -> "routing header";
            default -> "destination options";
        };
    }

    private static String text(Packet layer) {
        return kind(layer)
                + switch (layer) {
                    case Ethernet ethernet ->
                        " %s > %s type 0x%04x".formatted(ethernet.source(), ethernet.destination(), ethernet.type());
                    case Vlan vlan ->
                        " 0x%04x id %d priority %d".formatted(vlan.tagProtocol(), vlan.id(), vlan.priority());
                    case Ipv4 ip -> ipv4(ip);
                    case Ipv6 ip ->
                        " %s > %s class 0x%x flow 0x%05x hops %d next %d length %d"
                                .formatted(
                                        ip.source(),
                                        ip.destination(),
                                        ip.trafficClass(),
                                        ip.flowLabel(),
                                        ip.hopLimit(),
                                        ip.nextHeader(),
                                        ip.payloadLength());
                    case Ipv6Fragment fragment ->
                        " id 0x%x offset %d %s next %d"
                                .formatted(
                                        fragment.id(),
                                        fragment.offset(),
                                        fragment.isMore() ? "more" : "last",
                                        fragment.nextHeader());
                    case Tcp tcp -> tcp(tcp);
                    case Udp udp ->
                        " %d > %d length %d".formatted(udp.sourcePort(), udp.destinationPort(), udp.length());
                    case Icmp icmp -> icmp(icmp);
                    case Sctp sctp ->
                        " %d > %d tag 0x%x".formatted(sctp.sourcePort(), sctp.destinationPort(), sctp.tag());
                    case Gre gre -> " type 0x%04x".formatted(gre.type());
                    case Gue gue ->
                        " %s %d flags 0x%x"
                                .formatted(gue.isControl() ? "control" : "proto", gue.protocol(), gue.flags());
                    case Ipv6Extension extension -> " " + extension.bits().size() + " bytes";
                    case Payload(Packet below, Bits bits) -> " " + bits.size() + " bytes";
                    case Trailer(Packet below, Bits bits) -> " " + bits.size() + " bytes";
                    case Bare bare -> "";
                };
    }

    private static String ipv4(Ipv4 ip) {
        var flags = ip.isDf() && ip.isMf() ? "DF,+" : ip.isDf() ? "DF" : ip.isMf() ? "+" : "none";
        return " %s > %s tos 0x%x ttl %d id %d offset %d flags [%s] proto %d length %d%s"
                .formatted(
                        ip.source(),
                        ip.destination(),
                        ip.tos(),
                        ip.ttl(),
                        ip.id(),
                        ip.fragmentOffset(),
                        flags,
                        ip.protocol(),
                        ip.totalLength(),
                        options(ip.options()));
    }

    private static String tcp(Tcp tcp) {
        var flags = tcp.flags().stream().sorted().map(Enum::name).collect(Collectors.joining(","));
        return " %d > %d flags [%s] seq %d ack %d win %d%s"
                .formatted(
                        tcp.sourcePort(),
                        tcp.destinationPort(),
                        flags,
                        tcp.seq(),
                        tcp.ack(),
                        tcp.window(),
                        options(tcp.options()));
    }

    private static String icmp(Icmp icmp) {
        var head = " type %d code %d".formatted(icmp.type(), icmp.code());
        if (icmp.isTooBig()) {
            return head + " mtu " + icmp.mtu();
        }
        return icmp.isEcho() ? head + " id %d seq %d".formatted(icmp.id(), icmp.seq()) : head;
    }

    private static String options(byte[] options) {
        return options.length == 0 ? "" : " options " + Bits.of(options);
    }
}
