package io.jlvs.plugin.tun;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Thresholds;
import io.jlvs.api.Tunnel;
import io.jlvs.api.VirtualService;
import io.jlvs.api.testing.packet.Bare;
import io.jlvs.api.testing.packet.Ethernet;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Ipv4;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.PacketAssert;
import io.jlvs.api.testing.packet.RecordedFrames;
import io.jlvs.api.testing.packet.Udp;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.ProgramBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What IPVS made of packets, and what we make of them: the same but for the outer id and the outer UDP source port. */
class TunRecordedTest {

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Tun());

    private static void balance(Tunnel tunnel) {
        BENCH.apply(ProgramBench.entry(
                VirtualService.of(ServiceKey.udp("10.0.0.100", 80), "rr"),
                new RealServer(Endpoint.of("10.0.1.2", 80), "tun", 1, Thresholds.NONE, tunnel)));
    }

    private static void assertSame(Frame in, Frame recorded) {
        var sent = BENCH.send(in).sent();
        var id = sent.get(Ipv4.class).id();
        var port = sent.get(Udp.class).sourcePort();
        var expected = Frame.parseIp(recorded.networkBytes())
                .packet()
                .change(Ipv4.class, ip -> isOuter(ip) ? ip.id(id) : ip)
                .change(Udp.class, udp -> isOuter(udp.below()) ? udp.sourcePort(port) : udp);
        PacketAssert.assertThat(sent).isPacket(expected);
        assertThat(id == 0).isEqualTo(recorded.get(Ipv4.class).id() == 0);
    }

    private static boolean isOuter(Packet layer) {
        return layer.below() instanceof Bare;
    }

    @Test
    void datagramsLeaveAsIpvsSentThem() {
        balance(Tunnel.IPIP);
        var recorded = RecordedFrames.read("tun-udp").requests();

        assertThat(recorded).hasSize(4).allSatisfy(pair -> assertSame(pair.in(), pair.out()));
    }

    @ParameterizedTest
    @CsvSource({
        "ipip, IPIP, 0, NONE",
        "gue-nocsum, GUE, 6080, NONE",
        "gue-csum, GUE, 6080, FULL",
        "gue-remcsum, GUE, 6080, REMOTE",
        "gre-nocsum, GRE, 0, NONE",
        "gre-csum, GRE, 0, FULL"
    })
    void everyTunnelIsThatOfIpvs(String section, Tunnel.Type type, int port, Tunnel.Checksum checksum) {
        balance(new Tunnel(type, port, checksum));
        var recorded = RecordedFrames.read("tunnel-types").section(section).stream()
                .filter(frame -> frame.get(Ethernet.class).source().equals(RecordedFrames.DIRECTOR_SERVER_SIDE))
                .toList();

        assertThat(recorded).isNotEmpty().allSatisfy(frame -> assertSame(received(frame), frame));
    }

    /** What the client had sent, of which only the tunnelled packet was recorded. */
    private static Frame received(Frame tunnelled) {
        var inner = tunnelled.innermost(Ipv4.class);
        return Conversation.CLIENT_LINK
                .ipv4(inner.source(), inner.destination())
                .id(inner.id())
                .udp(tunnelled.innermost(Udp.class).sourcePort(), Conversation.PORT)
                .payloadOfLength(20)
                .frame();
    }
}
