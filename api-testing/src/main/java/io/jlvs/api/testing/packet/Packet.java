package io.jlvs.api.testing.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A packet: its uppermost layer, and through {@link #below()} all the others down to the link.
 *
 * <p>Every step gives a new packet, so a common beginning can be kept and continued in several ways:
 *
 * <pre>{@code
 * Packet.ethernet(client, director).ipv4("10.0.0.2", "10.0.0.100").ttl(64).df()
 *         .tcp(40000, 80).flags(SYN).payload("hello").bytes()
 * }</pre>
 *
 * <p>A layer's own fields are set right behind it. Lengths, checksums, versions and the number of the next protocol are
 * computed; setting one of them by hand makes the packet wrong on purpose.
 */
public sealed interface Packet
        permits Bare,
                Ethernet,
                Vlan,
                Ipv4,
                Ipv6,
                Ipv6Extension,
                Ipv6Fragment,
                Tcp,
                Udp,
                Icmp,
                Sctp,
                Gre,
                Gue,
                Payload,
                Trailer {

    /** Begins with an Ethernet II header; MAC addresses as {@code 02:00:00:00:0c:00}. */
    static Ethernet ethernet(String source, String destination) {
        return Ethernet.of(new Bare(), source, destination);
    }

    /** Begins with what comes next, for interfaces without a link header and for packets that an ICMP error quotes. */
    static Bare bare() {
        return new Bare();
    }

    /** The layer below; that of {@link Bare} is itself. */
    Packet below();

    /** This layer's header as it was set. */
    Bits bits();

    /** The fields that have a name, a checksum last. */
    List<Field> fields();

    /** The same kind of layer with another header on another packet. */
    Packet on(Packet below, Bits bits);

    /** This layer's header with all that is computed from the packet above it. */
    Bits seal(Packet upper, byte[] above);

    /** The frame from its first byte to its last. */
    default byte[] bytes() {
        var above = new byte[0];
        Packet upper = new Bare();
        for (var layer = this; !(layer instanceof Bare); layer = layer.below()) {
            above = Checksum.concat(layer.seal(upper, above).bytes(), above);
            upper = layer;
        }
        return above;
    }

    /** All layers from the link up. */
    default List<Packet> layers() {
        var layers = new ArrayList<Packet>();
        for (var layer = this; !(layer instanceof Bare); layer = layer.below()) {
            layers.addFirst(layer);
        }
        return List.copyOf(layers);
    }

    /** The nearest IP header below this layer, or {@link Bare} if there is none. */
    default Packet network() {
        var layer = below();
        while (!(layer instanceof Ipv4 || layer instanceof Ipv6 || layer instanceof Bare)) {
            layer = layer.below();
        }
        return layer;
    }

    /** The same packet with every layer of a kind changed, and what depends on it computed again. */
    default <L extends Packet> Packet change(Class<L> kind, UnaryOperator<L> change) {
        Packet changed = new Bare();
        for (var layer : layers()) {
            var moved = layer.on(changed, layer.bits());
            changed = kind.isInstance(moved) ? change.apply(kind.cast(moved)) : moved;
        }
        return changed;
    }

    /** The bytes, taken apart again. */
    default Frame frame() {
        return Frame.of(this);
    }

    /**
     * The packet in pieces that fit a link, cut at its lowest IP header as a router does (RFC 791) or the sender (RFC
     * 8200 section 4.5, without headers before the fragment header). IPv4 options are copied to every piece.
     *
     * @param mtu in bytes, the IP header included
     * @param id of the pieces; IPv4 takes its lower 16 bits
     */
    default List<Packet> fragments(int mtu, long id) {
        return Fragments.of(frame(), mtu, id);
    }

    /** The first bytes of the frame: a packet that was cut off. */
    default Frame truncated(int size) {
        return frame().truncated(size);
    }

    /** The frame with some bytes overwritten and nothing computed again. */
    default Frame with(int offset, byte... bytes) {
        return frame().with(offset, bytes);
    }

    /** An 802.1Q tag; the identifier is 0 to 4095. */
    default Vlan vlan(int id) {
        return Vlan.of(this, Numbers.VLAN, id);
    }

    /** An 802.1ad service tag and an 802.1Q customer tag in it. */
    default Vlan qinq(int service, int customer) {
        return Vlan.of(Vlan.of(this, Numbers.QINQ, service), Numbers.VLAN, customer);
    }

    default Ipv4 ipv4(String source, String destination) {
        return Ipv4.of(this, source, destination);
    }

    default Ipv6 ipv6(String source, String destination) {
        return Ipv6.of(this, source, destination);
    }

    /** IPv6 hop-by-hop options, without the header's two leading bytes; padded with zeros to a multiple of 8. */
    default Ipv6Extension hopByHop(byte... options) {
        return Ipv6Extension.of(this, Numbers.HOP_BY_HOP, options);
    }

    /** IPv6 destination options, as {@link #hopByHop}. */
    default Ipv6Extension destinationOptions(byte... options) {
        return Ipv6Extension.of(this, Numbers.DESTINATION_OPTIONS, options);
    }

    /**
     * An IPv6 routing header. Checksums above it count the address in the IPv6 header, which is right when no segments
     * are left.
     */
    default Ipv6Extension routing(int type, int segmentsLeft, byte... data) {
        return Ipv6Extension.of(
                this,
                Numbers.ROUTING,
                Bits.of((byte) type, (byte) segmentsLeft).tail(2, data).bytes());
    }

    /** An IPv6 fragment header; the offset is in bytes, a multiple of 8. */
    default Ipv6Fragment fragment(int offset, boolean more, long id) {
        return Ipv6Fragment.of(this, offset, more, id);
    }

    default Tcp tcp(int sourcePort, int destinationPort) {
        return Tcp.of(this, sourcePort, destinationPort);
    }

    default Udp udp(int sourcePort, int destinationPort) {
        return Udp.of(this, sourcePort, destinationPort);
    }

    /** ICMP over IPv4, ICMPv6 over IPv6. */
    default Icmp icmp(int type, int code) {
        return Icmp.of(this, type, code);
    }

    default Icmp icmpEcho(int id, int seq) {
        return Icmp.of(this, 8, 128, 0).id(id).seq(seq);
    }

    default Icmp icmpEchoReply(int id, int seq) {
        return Icmp.of(this, 0, 129, 0).id(id).seq(seq);
    }

    /** "Destination unreachable"; the codes of the two families differ. */
    default Icmp icmpUnreachable(int code) {
        return Icmp.of(this, 3, 1, code);
    }

    /** "Fragmentation needed" (RFC 1191) or "packet too big". */
    default Icmp icmpTooBig(int mtu) {
        return Icmp.of(this, 3, 2, Icmp.isOverV6(this) ? 0 : 4).mtu(mtu);
    }

    /** "Time exceeded" in transit. */
    default Icmp icmpTimeExceeded() {
        return Icmp.of(this, 11, 3, 0);
    }

    /** SCTP's common header (RFC 9260 section 3.1); chunks are its payload. */
    default Sctp sctp(int sourcePort, int destinationPort) {
        return Sctp.of(this, sourcePort, destinationPort);
    }

    /** GRE without checksum (RFC 2784). */
    default Gre gre() {
        return Gre.of(this);
    }

    /** The header of Generic UDP Encapsulation: variant 0, a data message, no options. Goes on UDP to port 6080. */
    default Gue gue() {
        return Gue.of(this);
    }

    default Payload payload(byte... bytes) {
        return new Payload(this, Bits.of(bytes));
    }

    default Payload payload(String text) {
        return new Payload(this, Bits.text(text));
    }

    /** So many bytes 00 01 02 and so on, as in the recordings. */
    default Payload payloadOfLength(int length) {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return payload(bytes);
    }

    /** Bytes behind the packet that no length counts, as Ethernet pads short frames. */
    default Trailer trailer(byte... bytes) {
        return new Trailer(this, Bits.of(bytes));
    }
}
