package io.jlvs.api.testing.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PacketAssertTest {

    private static final Ipv4 IP =
            Packet.ethernet("02:00:00:00:0c:00", "02:00:00:00:0d:00").ipv4("10.0.0.2", "10.0.0.100");

    @Test
    void acceptsTheSamePacket() {
        PacketAssert.assertThat(IP.udp(1, 2).bytes()).isPacket(IP.udp(1, 2)).hasCorrectChecksums();
    }

    @Test
    void namesTheFirstFieldThatDiffers() {
        assertThatThrownBy(() -> PacketAssert.assertThat(IP.ttl(64).udp(1, 2).bytes())
                        .isPacket(IP.ttl(63).udp(1, 2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("offset 22, IPv4 TTL: expected 0x3f, found 0x40")
                .hasMessageContaining("ttl 63")
                .hasMessageContaining("ttl 64");
    }

    @Test
    void namesTheFlagThatDiffersAndNotItsNeighbour() {
        assertThatThrownBy(() -> PacketAssert.assertThat(IP.df().bytes()).isPacket(IP))
                .hasMessageContaining("offset 20, IPv4 DF");
    }

    @Test
    void countsFromThePayloadsBeginning() {
        var udp = IP.udp(1, 2).noChecksum();

        assertThatThrownBy(() ->
                        PacketAssert.assertThat(udp.payload("abx").bytes()).isPacket(udp.payload("abc")))
                .hasMessageContaining("offset 44, payload byte 2");
    }

    @Test
    void tellsTheLengthsWhenOneIsTheBeginningOfTheOther() {
        var packet = IP.udp(1, 2).payload("abc");

        assertThatThrownBy(() -> PacketAssert.assertThat(packet.truncated(40)).isPacket(packet))
                .hasMessageContaining("offset 40: 45 bytes expected, 40 found");
    }

    @Test
    void rejectsAWrongChecksum() {
        assertThatThrownBy(() -> PacketAssert.assertThat(
                                IP.udp(1, 2).checksum(0x1234).bytes())
                        .hasCorrectChecksums())
                .hasMessageContaining("cksum 0x1234 incorrect");
    }

    @Test
    void rejectsAPartialChecksum() {
        assertThatThrownBy(() ->
                        PacketAssert.assertThat(IP.tcp(1, 2).partialChecksum()).hasCorrectChecksums())
                .hasMessageContaining("partial");
    }

    @Test
    void describesAPacketInOneLine() {
        assertThat(IP.id(7).df().udp(41000, 80).payload("hello").frame().describe())
                .isEqualTo("Ethernet 02:00:00:00:0c:00 > 02:00:00:00:0d:00 type 0x0800"
                        + " | IPv4 10.0.0.2 > 10.0.0.100 tos 0x0 ttl 64 id 7 offset 0 flags [DF] proto 17 length 33"
                        + " cksum 0x2660 correct"
                        + " | UDP 41000 > 80 length 13 cksum 0x0724 correct"
                        + " | payload 5 bytes");
    }

    @Test
    void describesWhatAnErrorQuotes() {
        var error = IP.icmpTooBig(1400).quoting(IP.tcp(40000, 80), 28);

        assertThat(error.frame().describe())
                .contains("ICMP type 3 code 4 mtu 1400")
                .contains("quoting 28 bytes: IPv4 10.0.0.2 > 10.0.0.100");
    }

    @Test
    void saysWhichLengthIsWrong() {
        assertThat(IP.udp(1, 2).length(99).frame().describe()).contains("[UDP length 99, not 8]");
    }
}
