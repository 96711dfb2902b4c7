package io.jlvs.api.testing.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MalformedPacketTest {

    private static final Ethernet LINK = Packet.ethernet("02:00:00:00:0c:00", "02:00:00:00:0d:00");
    private static final Ipv4 IP = LINK.ipv4("10.0.0.2", "10.0.0.100");
    private static final Ipv6 IPV6 = LINK.ipv6("fd00::2", "fd00::100");

    @Test
    void keepsAWrongTotalLength() {
        var frame = IP.totalLength(1000).udp(1, 2).payload("x").frame();

        assertThat(frame.get(Ipv4.class).totalLength()).isEqualTo(1000);
        assertThat(frame.checksums()).extracting(Verified::verdict).startsWith(Verdict.CORRECT);
        assertSame(frame);
    }

    @Test
    void takesWhatIsBehindTheTotalLengthForATrailer() {
        var frame = IP.totalLength(29).udp(1, 2).payload("xyz").frame();

        assertThat(frame.get(Payload.class).bits().bytes()).containsExactly('x');
        assertThat(frame.get(Trailer.class).bits().bytes()).containsExactly('y', 'z');
    }

    @Test
    void padsWithATrailerThatNoLengthCounts() {
        var frame = IP.tcp(1, 2).trailer(new byte[6]).frame();

        assertThat(frame.bytes()).hasSize(60);
        assertThat(frame.get(Ipv4.class).totalLength()).isEqualTo(40);
        assertThat(frame.get(Trailer.class).bits().size()).isEqualTo(6);
        PacketAssert.assertThat(frame).hasCorrectChecksums();
    }

    @Test
    void takesWhatIsBehindThePayloadLengthForATrailer() {
        var frame = IPV6.udp(1, 2).payload("x").trailer((byte) 9, (byte) 9).frame();

        assertThat(frame.get(Trailer.class).bits().bytes()).containsExactly(9, 9);
        PacketAssert.assertThat(frame).hasCorrectChecksums();
    }

    @Test
    void keepsAWrongVersionHeaderLengthAndChecksum() {
        var ip =
                IP.version(5).headerLength(3).checksum(0xbeef).udp(1, 2).frame().get(Ipv4.class);

        assertThat(ip.version()).isEqualTo(5);
        assertThat(ip.headerLength()).isEqualTo(3);
        assertThat(ip.checksum()).isEqualTo(0xbeef);
    }

    @Test
    void keepsAHeaderLengthBeyondTheEnd() {
        assertSame(IP.headerLength(15).udp(1, 2).frame());
        assertSame(IP.tcp(1, 2).dataOffset(15).frame());
        assertSame(IPV6.hopByHop().length(255).udp(1, 2).frame());
    }

    @Test
    void readsEveryBeginningOfAFrame() {
        var packet = LINK.qinq(3, 7)
                .ipv6("fd00::1", "fd00::2")
                .hopByHop()
                .routing(0, 0)
                .ipv4("10.0.1.1", "10.0.1.2")
                .options((byte) 7, (byte) 3, (byte) 4)
                .udp(1, 6080)
                .gue()
                .ipv4("10.0.0.2", "10.0.0.100")
                .tcp(1, 2)
                .payload("hello");

        assertThat(IntStream.rangeClosed(0, packet.bytes().length))
                .allSatisfy(size -> assertSame(packet.truncated(size)));
    }

    @Test
    void cannotVerifyWhatIsCutOff() {
        var frame = IP.tcp(1, 2).payloadOfLength(100).truncated(60);

        assertThat(frame.checksums()).extracting(Verified::verdict).containsExactly(Verdict.CORRECT, Verdict.UNKNOWN);
    }

    @Test
    void overwritesBytesWithoutComputingAgain() {
        var frame = IP.tcp(1, 2).with(22, (byte) 1);

        assertThat(frame.get(Ipv4.class).ttl()).isEqualTo(1);
        assertThat(frame.checksums()).extracting(Verified::verdict).contains(Verdict.INCORRECT);
    }

    @Test
    void refusesWhatDoesNotFitItsField() {
        assertThatThrownBy(() -> IP.ttl(256)).hasMessage("TTL 256 does not fit: 0 to 255");
        assertThatThrownBy(() -> IP.fragmentOffset(4)).hasMessageContaining("a multiple of 8");
        assertThatThrownBy(() -> IP.options(new byte[41])).hasMessageContaining("at most 40");
    }

    private static void assertSame(Frame frame) {
        assertThat(Frame.of(frame.packet()).bytes()).isEqualTo(frame.bytes());
        assertThat(frame.describe()).isNotNull();
    }
}
