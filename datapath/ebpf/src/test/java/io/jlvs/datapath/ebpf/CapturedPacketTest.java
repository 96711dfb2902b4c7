package io.jlvs.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.testing.packet.Ethernet;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.Tcp;
import io.jlvs.api.testing.packet.Udp;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CapturedPacketTest {

    private static final Ethernet LINK = Packet.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02");

    static Stream<Packet> packets() {
        return Stream.of(
                LINK.ipv4("10.0.0.1", "10.0.0.100").tcp(40000, 80),
                LINK.ipv4("10.0.0.1", "10.0.0.100").tcp(40000, 80).payload("odd"),
                LINK.vlan(7).ipv4("10.0.0.1", "10.0.0.100").udp(40000, 53).payload("question"),
                LINK.ipv6("2001:db8::1", "2001:db8::100").tcp(40000, 80).payload("even"),
                LINK.ipv6("2001:db8::1", "2001:db8::100").udp(40000, 53).payload("odd"));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void unfinishedChecksumIsFinished(Packet packet) {
        var unfinished = packet.change(Tcp.class, Tcp::partialChecksum).change(Udp.class, Udp::partialChecksum);
        var frame = unfinished.bytes();
        assertThat(frame).isNotEqualTo(packet.bytes());

        CapturedPacket.finishChecksum(frame);

        assertThat(frame).isEqualTo(packet.bytes());
    }

    @ParameterizedTest
    @MethodSource("packets")
    void anyOtherPacketStaysAsItIs(Packet packet) {
        var wrong =
                packet.change(Tcp.class, tcp -> tcp.checksum(0x1234)).change(Udp.class, udp -> udp.checksum(0x1234));
        for (var before : Stream.of(packet, wrong).map(Packet::bytes).toList()) {
            for (int length = 0; length <= before.length; length++) {
                var cut = Arrays.copyOf(before, length);

                CapturedPacket.finishChecksum(cut);

                assertThat(cut).isEqualTo(Arrays.copyOf(before, length));
            }
        }
    }
}
