package io.jlvs.plugin.tun;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.Thresholds;
import io.jlvs.api.Tunnel;
import io.jlvs.api.Tunnel.Checksum;
import io.jlvs.api.VirtualService;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.PacketAssert;
import io.jlvs.api.testing.packet.Udp;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.Family;
import io.jlvs.datapath.ebpf.ProgramBench;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** IP in IP, GUE and GRE, with and without checksum, between the families. */
class TunnelTypesTest {

    private static final int GUE_PORT = 6080;

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Tun());

    /** Everything that can be combined. */
    record Way(Tunnel tunnel, Conversation conversation, Family outer) {

        @Override
        public String toString() {
            return "%s %s %s over %s".formatted(tunnel.type(), tunnel.checksum(), conversation, outer);
        }

        Packet expected(Packet packet, Frame sent) {
            var around = Outer.of(packet, outer, sent);
            return around.with(
                    switch (tunnel.type()) {
                        case IPIP -> around.header();
                        case GRE ->
                            checksummed()
                                    ? around.header().gre().withChecksum()
                                    : around.header().gre();
                        case GUE -> gue(around, sent);
                    });
        }

        private Packet gue(Outer around, Frame sent) {
            var udp = around.header().udp(sent.get(Udp.class).sourcePort(), GUE_PORT);
            return checksummed() ? udp.gue() : udp.noChecksum().gue();
        }

        private boolean checksummed() {
            return tunnel.checksum() != Checksum.NONE;
        }
    }

    static Stream<Way> ways() {
        var tunnels = List.of(
                Tunnel.IPIP,
                new Tunnel(Tunnel.Type.GUE, GUE_PORT, Checksum.NONE),
                new Tunnel(Tunnel.Type.GUE, GUE_PORT, Checksum.FULL),
                new Tunnel(Tunnel.Type.GUE, GUE_PORT, Checksum.REMOTE),
                new Tunnel(Tunnel.Type.GRE, 0, Checksum.NONE),
                new Tunnel(Tunnel.Type.GRE, 0, Checksum.FULL));
        return tunnels.stream()
                .flatMap(tunnel -> Stream.of(Conversation.values())
                        .flatMap(conversation ->
                                Stream.of(Family.values()).map(outer -> new Way(tunnel, conversation, outer))));
    }

    private static void balance(Way way) {
        var endpoint = Endpoint.of(way.outer().server(), Conversation.PORT);
        BENCH.apply(ProgramBench.entry(
                VirtualService.of(way.conversation().service(), "rr"),
                new RealServer(endpoint, "tun", 1, Thresholds.NONE, way.tunnel())));
    }

    private static void assertWrapped(Packet packet, Way way) {
        var sent = BENCH.send(packet).sent();
        PacketAssert.assertThat(sent)
                .isPacket(way.expected(packet, sent).frame())
                .hasCorrectChecksums();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void wrapTheFirstPacketAndTheNext(Way way) {
        balance(way);

        assertWrapped(way.conversation().opening(), way);
        assertWrapped(way.conversation().following(), way);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void driverWrapsAsTrafficControlDoes(Way way) {
        balance(way);
        BENCH.send(way.conversation().opening()).sent();

        var sent = BENCH.sendExpress(way.conversation().following()).sentByDriver();

        PacketAssert.assertThat(sent)
                .isPacket(way.expected(way.conversation().following(), sent).frame());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void errorsAboutTheFlowAreWrappedToo(Way way) {
        balance(way);
        BENCH.send(way.conversation().opening()).sent();
        var family = way.conversation().family();
        var answer = way.conversation()
                .data(
                        family.ip(Packet.bare(), family.vip(), family.client()),
                        Conversation.PORT,
                        Conversation.CLIENT_PORT);
        var error = way.conversation().fromClient().icmpTooBig(1280).quoting(answer);

        var sent = BENCH.send(error).sent();

        var inner = Family.hop(error).frame().networkBytes();
        var bytes = sent.bytes();
        assertThat(Arrays.copyOfRange(bytes, bytes.length - inner.length, bytes.length))
                .isEqualTo(inner);
        PacketAssert.assertThat(sent).hasCorrectChecksums();
    }
}
