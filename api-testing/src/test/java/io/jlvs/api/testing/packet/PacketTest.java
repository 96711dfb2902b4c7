package io.jlvs.api.testing.packet;

import static io.jlvs.api.testing.packet.TcpFlag.ACK;
import static io.jlvs.api.testing.packet.TcpFlag.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PacketTest {

    private static final String CLIENT = "02:00:00:00:0c:00";
    private static final String DIRECTOR = "02:00:00:00:0d:00";

    @Test
    void buildsTheRecordedDatagram() {
        var packet = Packet.ethernet(CLIENT, DIRECTOR)
                .ipv4("10.0.0.2", "10.0.0.100")
                .id(64856)
                .udp(41000, 80)
                .payloadOfLength(20);

        assertThat(packet.bytes()).isEqualTo(hex("""
                0200 0000 0d00 0200 0000 0c00 0800
                4500 0030 fd58 0000 4011 68ff 0a00 0002
                0a00 0064 a028 0050 001c f073 0001 0203
                0405 0607 0809 0a0b 0c0d 0e0f 1011 1213
                """));
    }

    @Test
    void givesTheFieldsBack() {
        var frame = Packet.ethernet(CLIENT, DIRECTOR)
                .vlan(7)
                .ipv6("fd00::2", "fd00::100")
                .hopLimit(3)
                .tcp(40000, 80)
                .flags(SYN, ACK)
                .seq(4_000_000_000L)
                .payload("hello")
                .frame();

        assertThat(frame.get(Vlan.class).id()).isEqualTo(7);
        assertThat(frame.get(Ipv6.class).destination()).isEqualTo("fd00::100");
        assertThat(frame.get(Ipv6.class).payloadLength()).isEqualTo(25);
        assertThat(frame.get(Tcp.class).flags()).containsExactlyInAnyOrder(SYN, ACK);
        assertThat(frame.get(Tcp.class).seq()).isEqualTo(4_000_000_000L);
    }

    @Test
    void computesAgainAfterAChange() {
        var packet = Packet.ethernet(CLIENT, DIRECTOR)
                .ipv4("10.0.0.2", "10.0.0.100")
                .udp(1, 2)
                .payload("x");

        var changed = packet.change(Ipv4.class, ip -> ip.ttl(63).destination("10.0.1.2"));

        assertThat(changed.bytes())
                .isEqualTo(Packet.ethernet(CLIENT, DIRECTOR)
                        .ipv4("10.0.0.2", "10.0.1.2")
                        .ttl(63)
                        .udp(1, 2)
                        .payload("x")
                        .bytes());
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
}
