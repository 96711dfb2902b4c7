package io.jlvs.api.testing.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PacketPropertiesTest {

    private static final Packet LINK = Packet.ethernet("02:00:00:00:0c:00", "02:00:00:00:0d:00");

    private static final List<UnaryOperator<Packet>> LAYERS = List.of(
            below -> below.vlan(7),
            below -> below.qinq(1, 4095),
            below -> below.ipv4("10.0.0.2", "10.0.0.100").df(),
            below -> below.ipv4("10.0.0.2", "10.0.0.100").options((byte) 1, (byte) 1),
            below -> below.ipv4("10.0.0.2", "10.0.0.100").mf(),
            below -> below.ipv4("10.0.0.2", "10.0.0.100").totalLength(33).headerLength(7),
            below -> below.ipv6("fd00::2", "fd00::100").flowLabel(0xfffff),
            below -> below.ipv6("fd00::2", "fd00::100").payloadLength(9),
            below -> below.hopByHop(),
            below -> below.routing(4, 0, new byte[20]),
            below -> below.fragment(0, true, 77),
            below -> below.fragment(1480, false, 77),
            below -> below.tcp(40000, 80).flags(TcpFlag.SYN).options((byte) 2, (byte) 4, (byte) 5, (byte) 0xb4),
            below -> below.tcp(40000, 80).dataOffset(15),
            below -> below.udp(40000, 80),
            below -> below.udp(40000, 6080).noChecksum(),
            below -> below.udp(40000, 6080).length(3),
            below -> below.icmpEcho(1, 2),
            below -> below.icmpTooBig(1400),
            below -> below.sctp(1, 2),
            below -> below.gre(),
            below -> below.gre().withChecksum(),
            below -> below.gue().options((byte) 1));

    /** Sensible or not: any layer on any other. */
    @Property(tries = 500)
    void readsBackWhatItBuilt(@ForAll("packets") Packet packet) {
        var frame = Frame.parse(packet.bytes());

        assertThat(frame.packet().bytes()).isEqualTo(packet.bytes());
        assertThat(frame.packet().frame()).isEqualTo(frame);
    }

    @Property(tries = 500)
    void readsAnyBytes(@ForAll("packets") Packet packet, @ForAll int place, @ForAll byte value) {
        var size = packet.bytes().length;

        var frame = packet.with(Math.floorMod(place, size), value);

        assertThat(frame.packet().bytes()).isEqualTo(frame.bytes());
        assertThat(frame.describe()).isNotBlank();
    }

    @Provide
    Arbitrary<Packet> packets() {
        var layers = Arbitraries.of(LAYERS).list().ofMaxSize(6);
        var payload = Arbitraries.bytes().array(byte[].class).ofMaxSize(70);
        return Combinators.combine(layers, payload).as(PacketPropertiesTest::build);
    }

    private static Packet build(List<UnaryOperator<Packet>> layers, byte[] payload) {
        var packet = LINK;
        for (var layer : layers) {
            packet = layer.apply(packet);
        }
        return payload.length == 0 ? packet : packet.payload(payload);
    }
}
