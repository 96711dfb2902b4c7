package io.jlvs.api.testing.packet;

import static io.jlvs.api.testing.packet.TcpFlag.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static final Ethernet LINK = Packet.ethernet("02:00:00:00:0c:00", "02:00:00:00:0d:00");
    private static final Ipv4 IP = LINK.ipv4("10.0.0.2", "10.0.0.100");
    private static final Ipv6 IPV6 = LINK.ipv6("fd00::2", "fd00::100");

    @Test
    void tagsTwiceInQinq() {
        var bytes = LINK.qinq(3, 7).ipv4("10.0.0.2", "10.0.0.100").bytes();

        assertThat(HexFormat.of().formatHex(bytes, 12, 22)).isEqualTo("88a80003810000070800");
    }

    @Test
    void padsIpOptionsAndCountsThem() {
        var ip = IP.options((byte) 7, (byte) 3, (byte) 4, (byte) 0, (byte) 1)
                .udp(1, 2)
                .frame()
                .get(Ipv4.class);

        assertThat(ip.headerLength()).isEqualTo(7);
        assertThat(ip.totalLength()).isEqualTo(36);
        assertThat(ip.options()).containsExactly(7, 3, 4, 0, 1, 0, 0, 0);
    }

    @Test
    void chainsExtensionHeaders() {
        var frame = IPV6.hopByHop((byte) 5, (byte) 2, (byte) 0, (byte) 0)
                .routing(4, 0)
                .destinationOptions(new byte[10])
                .fragment(0, false, 9)
                .tcp(1, 2)
                .flags(SYN)
                .frame();

        assertThat(frame.layers().stream().skip(2).limit(3))
                .map(layer -> ((Ipv6Extension) layer).number())
                .containsExactly(0, 43, 60);
        assertThat(frame.get(Ipv6.class).nextHeader()).isZero();
        assertThat(frame.get(Ipv6Fragment.class).nextHeader()).isEqualTo(6);
        PacketAssert.assertThat(frame).hasCorrectChecksums();
    }

    @Test
    void namesEachTunnelByItsNumber() {
        assertThat(IP.ipv4("10.1.0.1", "10.1.0.2").frame().get(Ipv4.class).protocol())
                .isEqualTo(4);
        assertThat(IP.ipv6("fd01::1", "fd01::2").frame().get(Ipv4.class).protocol())
                .isEqualTo(41);
        assertThat(IPV6.ipv4("10.1.0.1", "10.1.0.2").frame().get(Ipv6.class).nextHeader())
                .isEqualTo(4);
        assertThat(IPV6.ipv6("fd01::1", "fd01::2").frame().get(Ipv6.class).nextHeader())
                .isEqualTo(41);
    }

    @Test
    void leavesTheSumOfThePseudoHeaderInAPartialChecksum() {
        var tcp = IP.tcp(40000, 80).partialChecksum().payload("abc");

        // 0a00 + 0002 + 0a00 + 0064 + 0006 + 0017
        assertThat(tcp.frame().get(Tcp.class).checksum()).isEqualTo(0x1483);
        assertThat(tcp.frame().get(Tcp.class).partial()).isTrue();
    }

    @Test
    void sendsAComputedUdpChecksumOfZeroAsAllOnes() {
        var without = IP.udp(1, 2).payload((byte) 0, (byte) 0);
        var sum = without.frame().get(Udp.class).checksum();

        var udp = IP.udp(1, 2).payload((byte) (sum >> 8), (byte) sum).frame();

        assertThat(udp.get(Udp.class).checksum()).isEqualTo(0xffff);
        PacketAssert.assertThat(udp).hasCorrectChecksums();
    }

    @Test
    void sendsNoUdpChecksumOnRequest() {
        var frame = IP.udp(1, 2).noChecksum().payload("x").frame();

        assertThat(frame.get(Udp.class).checksum()).isZero();
        assertThat(frame.checksums()).extracting(Verified::verdict).contains(Verdict.ABSENT);
    }

    @Test
    void countsThePseudoHeaderInIcmpv6Only() {
        var echo = IP.icmpEcho(1, 1).frame();
        var echo6 = IPV6.icmpEcho(1, 1).frame();

        assertThat(echo.get(Icmp.class).checksum()).isEqualTo(0xf7fd);
        // fd00 + 2 + fd00 + 100 + length 8 + next header 58 + 8000 + 1 + 1, folded and inverted
        assertThat(echo6.get(Icmp.class).checksum()).isEqualTo(0x84b7);
    }

    @Test
    void speaksOfTooBigInTheWordsOfItsFamily() {
        var icmp = IP.icmpTooBig(1400).quoting(IP.tcp(1, 2), 28).frame();
        var icmp6 = IPV6.icmpTooBig(1400).quoting(IPV6.tcp(1, 2), 48).frame();

        assertThat(icmp.get(Icmp.class))
                .extracting(Icmp::type, Icmp::code, Icmp::mtu)
                .containsExactly(3, 4, 1400);
        assertThat(icmp6.get(Icmp.class))
                .extracting(Icmp::type, Icmp::code, Icmp::mtu)
                .containsExactly(2, 0, 1400);
        assertThat(icmp.quoted().orElseThrow().bytes()).hasSize(28);
        assertThat(icmp6.quoted().orElseThrow().get(Ipv6.class).destination()).isEqualTo("fd00::100");
    }

    @Test
    void putsTheCrcOfSctpInLittleEndianOrder() {
        var init = HexFormat.of().parseHex("0100000c00000001ffff0001");

        var frame = IP.sctp(1, 2).tag(3).payload(init).frame();

        // CRC32c of the 24 bytes, by its bitwise definition: 2fa0483c
        assertThat(frame.get(Sctp.class).checksum()).isEqualTo(0x3c48a02fL);
        assertThat(frame.with(46, (byte) 0).checksums())
                .extracting(Verified::verdict)
                .contains(Verdict.INCORRECT);
    }

    @Test
    void fragmentsAsTheRecordedRouterDoes() {
        var pieces = IP.id(64976).udp(42000, 80).payloadOfLength(1400).fragments(1400, 64976);

        assertThat(pieces)
                .map(piece -> piece.frame().get(Ipv4.class))
                .extracting(Ipv4::totalLength, Ipv4::fragmentOffset, Ipv4::isMf, Ipv4::protocol)
                .containsExactly(tuple(1396, 0, true, 17), tuple(52, 1376, false, 17));
        assertThat(pieces.getFirst().frame().checksums())
                .extracting(Verified::verdict)
                .containsExactly(Verdict.CORRECT, Verdict.UNKNOWN);
    }

    @Test
    void fragmentsIpv6WithAHeaderOfItsOwn() {
        var whole = IPV6.udp(1, 2).payloadOfLength(2000);

        var pieces = whole.fragments(1280, 0xabcd);

        assertThat(pieces)
                .hasSize(2)
                .map(piece -> piece.frame().get(Ipv6Fragment.class).offset())
                .isEqualTo(List.of(0, 1232));
        assertThat(pieces)
                .allSatisfy(piece -> assertThat(piece.frame().get(Ipv6Fragment.class))
                        .extracting(Ipv6Fragment::id, Ipv6Fragment::nextHeader)
                        .containsExactly(0xabcdL, 17));
    }

    @Test
    void writesAddressesInTheirShortForm() {
        assertThat(IPV6.source("2001:db8:0:0:1:0:0:0").source()).isEqualTo("2001:db8:0:0:1::");
        assertThat(IPV6.source("::").source()).isEqualTo("::");
        assertThat(IPV6.source("::1").source()).isEqualTo("::1");
        assertThat(IPV6.source("1:2:3:4:5:6:7:8").source()).isEqualTo("1:2:3:4:5:6:7:8");
        assertThat(IPV6.source("::ffff:10.0.0.1").bits().slice(Ipv6.SOURCE)).endsWith(10, 0, 0, 1);
    }
}
