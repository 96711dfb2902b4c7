package io.jlvs.api.testing.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedFramesTest {

    static Stream<Frame> everyFrame() {
        return Stream.of("nat-udp", "dr-udp", "tun-udp", "tunnel-types")
                .flatMap(name -> RecordedFrames.read(name).frames().stream());
    }

    @ParameterizedTest
    @CsvSource({"nat-udp, 32", "dr-udp, 20", "tun-udp, 24", "tunnel-types, 21"})
    void holdEveryFrameOfTheFile(String name, int count) {
        assertThat(RecordedFrames.read(name).frames()).hasSize(count);
    }

    @ParameterizedTest
    @MethodSource("everyFrame")
    void haveCorrectChecksums(Frame frame) {
        assertThat(frame.checksums())
                .hasSizeGreaterThan(1)
                .allSatisfy(
                        sum -> assertThat(sum.verdict()).as(frame.describe()).isIn(Verdict.CORRECT, Verdict.ABSENT));
    }

    @ParameterizedTest
    @MethodSource("everyFrame")
    void rebuildToTheSameBytes(Frame frame) {
        PacketAssert.assertThat(Frame.of(frame.packet())).isPacket(frame);
    }

    @ParameterizedTest
    @MethodSource("everyFrame")
    void haveNothingThatWasNotComputed(Frame frame) {
        var fixed = frame.layers().stream().flatMap(layer -> layer.bits().fixed().stream());

        assertThat(fixed)
                .allMatch(field ->
                        field.equals(Udp.CHECKSUM) && frame.get(Udp.class).checksum() == 0);
    }

    @Test
    void pairWhatGoesInWithWhatComesOut() {
        var nat = RecordedFrames.read("nat-udp");

        assertThat(nat.requests()).hasSize(4).allSatisfy(pair -> {
            var decremented = pair.in().get(Ipv4.class).ttl() - 1;
            var expected = pair.in()
                    .packet()
                    .change(
                            Ethernet.class,
                            link -> link.source(RecordedFrames.DIRECTOR_SERVER_SIDE)
                                    .destination(RecordedFrames.SERVER))
                    .change(Ipv4.class, ip -> ip.ttl(decremented).destination("10.0.1.2"));
            PacketAssert.assertThat(pair.out()).isPacket(expected);
        });
        assertThat(nat.answers())
                .hasSize(4)
                .allSatisfy(
                        pair -> assertThat(pair.out().get(Ipv4.class).source()).isEqualTo("10.0.0.100"));
    }

    @Test
    void holdTheTunnelledPacketUnderTheOuterHeader() {
        for (var pair : RecordedFrames.read("tun-udp").requests()) {
            var outer = pair.out().get(Ipv4.class);
            var inner = pair.in().get(Ipv4.class);
            var expected = Packet.ethernet(RecordedFrames.DIRECTOR_SERVER_SIDE, RecordedFrames.SERVER)
                    .ipv4("10.0.1.1", "10.0.1.2")
                    .ttl(inner.ttl() - 1)
                    .tos(inner.tos())
                    .df(inner.isDf())
                    .id(outer.id())
                    .ipv4("10.0.0.2", "10.0.0.100")
                    .ttl(inner.ttl() - 1)
                    .tos(inner.tos())
                    .df(inner.isDf())
                    .id(inner.id())
                    .udp(pair.in().get(Udp.class).sourcePort(), 80)
                    .payloadOfLength(20);
            PacketAssert.assertThat(pair.out()).isPacket(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"gue-nocsum, false", "gue-csum, true", "gue-remcsum, true"})
    void rebuildGue(String type, boolean hasChecksum) {
        var frame = RecordedFrames.read("tunnel-types").section(type).getFirst();
        var udp = outer(frame).udp(frame.get(Udp.class).sourcePort(), 6080);

        var packet = inner(hasChecksum ? udp.gue() : udp.noChecksum().gue(), frame);

        PacketAssert.assertThat(frame).isPacket(packet);
    }

    @ParameterizedTest
    @CsvSource({"gre-nocsum, false", "gre-csum, true"})
    void rebuildGre(String type, boolean hasChecksum) {
        var frame = RecordedFrames.read("tunnel-types").section(type).getFirst();
        var gre = outer(frame).gre();

        var packet = inner(hasChecksum ? gre.withChecksum() : gre, frame);

        PacketAssert.assertThat(frame).isPacket(packet);
    }

    @Test
    void rebuildAnIcmpErrorFromThePacketItQuotes() {
        var section = RecordedFrames.read("tunnel-types").section("ipip");
        var error = section.get(1);

        var packet = Packet.ethernet(RecordedFrames.SERVER, RecordedFrames.DIRECTOR_SERVER_SIDE)
                .ipv4("10.0.1.2", "10.0.1.1")
                .tos(0xc0)
                .id(16406)
                .icmpUnreachable(3)
                .quoting(section.getFirst(), 548);

        assertThat(error.quoted()).isPresent();
        assertThat(error.get(Icmp.class).code()).isEqualTo(3);
        PacketAssert.assertThat(error).isPacket(packet);
    }

    @Test
    void leaveOutFramesWithoutBytes() {
        var recorded = RecordedFrames.parse(List.of("# namespace c, interface eth0", "ip: (tos 0x0)", "    1 > 2"));

        assertThat(recorded.frames()).isEmpty();
    }

    private static Ipv4 outer(Frame frame) {
        var id = frame.get(Ipv4.class).id();
        return Packet.ethernet(RecordedFrames.DIRECTOR_SERVER_SIDE, RecordedFrames.SERVER)
                .ipv4("10.0.1.1", "10.0.1.2")
                .ttl(63)
                .id(id);
    }

    private static Packet inner(Packet below, Frame frame) {
        var innermost = frame.layers().get(frame.layers().size() - 2);
        return below.ipv4("10.0.0.2", "10.0.0.100")
                .ttl(63)
                .id(frame.innermost(Ipv4.class).id())
                .udp(((Udp) innermost).sourcePort(), 80)
                .payloadOfLength(20);
    }
}
