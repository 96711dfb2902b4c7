package io.jlvs.api.testing.packet;

import java.util.Arrays;
import java.util.Optional;

/** Takes bytes apart, layer by layer, until there is no header that it knows. */
final class Dissector {

    private final byte[] bytes;
    private int offset;
    private int end;
    private Packet packet = new Bare();

    private Dissector(byte[] bytes) {
        this.bytes = bytes;
        this.end = bytes.length;
    }

    static Packet ethernet(byte[] bytes) {
        var dissector = new Dissector(bytes);
        return dissector.run(dissector.header(Ethernet.SIZE).map(bits -> new Ethernet(new Bare(), bits)));
    }

    static Packet ip(byte[] bytes) {
        var dissector = new Dissector(bytes);
        return dissector.run(bytes.length > 0 && bytes[0] >> 4 == 6 ? dissector.ipv6() : dissector.ipv4());
    }

    private Packet run(Optional<? extends Packet> first) {
        for (Optional<? extends Packet> layer = first; layer.isPresent(); layer = next()) {
            packet = layer.get();
            offset += packet.bits().size();
            end = Math.max(offset, Math.min(end, endOf(packet)));
        }
        if (offset < end) {
            packet = new Payload(packet, slice(offset, end));
        }
        if (end < bytes.length) {
            packet = new Trailer(packet, slice(end, bytes.length));
        }
        return Settling.of(packet);
    }

    /** Where the packet ends by its own word, if that is a possible place. */
    private int endOf(Packet layer) {
        var start = offset - layer.bits().size();
        return switch (layer) {
            case Ipv4 ip when ip.totalLength() >= ip.bits().size() -> start + ip.totalLength();
            case Ipv6 ip when ip.payloadLength() > 0 -> offset + ip.payloadLength();
            default -> end;
        };
    }

    private Optional<? extends Packet> next() {
        return switch (packet) {
            case Ethernet ethernet -> byEtherType(ethernet.type());
            case Vlan vlan -> byEtherType(vlan.type());
            case Gre gre -> byEtherType(gre.type());
            case Ipv4 ip when ip.fragmentOffset() == 0 -> byProtocol(ip.protocol());
            case Ipv6 ip -> byProtocol(ip.nextHeader());
            case Ipv6Extension extension -> byProtocol(extension.nextHeader());
            case Ipv6Fragment fragment when fragment.offset() == 0 -> byProtocol(fragment.nextHeader());
            case Udp udp when udp.destinationPort() == Numbers.GUE_PORT -> gue();
            case Gue gue when !gue.isControl() -> byProtocol(gue.protocol());
            default -> Optional.empty();
        };
    }

    private Optional<? extends Packet> byEtherType(int type) {
        return switch (type) {
            case Numbers.IPV4 -> ipv4();
            case Numbers.IPV6 -> ipv6();
            case Numbers.VLAN, Numbers.QINQ -> header(Vlan.SIZE).map(bits -> new Vlan(packet, bits, type));
            default -> Optional.empty();
        };
    }

    private Optional<? extends Packet> byProtocol(int number) {
        return switch (number) {
            case Numbers.IPIP -> ipv4();
            case Numbers.IPV6_IN_IP -> ipv6();
            case Numbers.TCP -> sized(Tcp.SIZE, Tcp.DATA_OFFSET, 4).map(bits -> new Tcp(packet, bits, false));
            case Numbers.UDP -> header(Udp.SIZE).map(bits -> new Udp(packet, bits, false));
            case Numbers.ICMP, Numbers.ICMPV6 -> header(Icmp.SIZE).map(bits -> new Icmp(packet, bits));
            case Numbers.SCTP -> header(Sctp.SIZE).map(bits -> new Sctp(packet, bits));
            case Numbers.GRE -> gre();
            case Numbers.FRAGMENT -> header(Ipv6Fragment.SIZE).map(bits -> new Ipv6Fragment(packet, bits));
            case Numbers.HOP_BY_HOP, Numbers.ROUTING, Numbers.DESTINATION_OPTIONS -> extension(number);
            default -> Optional.empty();
        };
    }

    private Optional<Ipv4> ipv4() {
        return sized(Ipv4.SIZE, Ipv4.HEADER_LENGTH, 4).map(bits -> new Ipv4(packet, bits));
    }

    private Optional<Ipv6> ipv6() {
        return header(Ipv6.SIZE).map(bits -> new Ipv6(packet, bits));
    }

    private Optional<Ipv6Extension> extension(int number) {
        return header(Ipv6Extension.SIZE)
                .map(first -> (first.number(Ipv6Extension.LENGTH) + 1) * 8)
                .flatMap(size -> header(size).or(() -> header(Ipv6Extension.SIZE)))
                .map(bits -> new Ipv6Extension(packet, bits, number));
    }

    private Optional<Gre> gre() {
        return header(Gre.SIZE)
                .map(first -> first.get(Gre.CHECKSUM_PRESENT) == 1 ? Gre.SIZE_WITH_CHECKSUM : Gre.SIZE)
                .flatMap(this::header)
                .map(bits -> new Gre(packet, bits));
    }

    private Optional<Gue> gue() {
        return header(Gue.SIZE)
                .filter(first -> first.get(Gue.VARIANT) == 0)
                .map(first -> (first.number(Gue.HEADER_LENGTH) + 1) * 4)
                .flatMap(this::header)
                .map(bits -> new Gue(packet, bits));
    }

    /** A header that tells its own size; of the smallest size when what it tells can't be. */
    private Optional<Bits> sized(int smallest, Field words, int unit) {
        return header(smallest)
                .map(first -> first.number(words) * unit)
                .flatMap(size ->
                        size < smallest ? header(smallest) : header(size).or(() -> header(smallest)));
    }

    private Optional<Bits> header(int size) {
        return offset + size <= end ? Optional.of(slice(offset, offset + size)) : Optional.empty();
    }

    private Bits slice(int from, int to) {
        return Bits.of(Arrays.copyOfRange(bytes, from, to));
    }
}
