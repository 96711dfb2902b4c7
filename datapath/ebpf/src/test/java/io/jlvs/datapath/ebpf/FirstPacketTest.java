package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Conversation.CLIENT_LINK;
import static io.jlvs.datapath.ebpf.Conversation.CLIENT_PORT;
import static io.jlvs.datapath.ebpf.Conversation.PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Persistence;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.testing.packet.Ipv4;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.PacketAssert;
import io.jlvs.api.testing.packet.RecordedFrames;
import io.jlvs.api.testing.packet.TcpFlag;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which packets begin a connection, of which service, and what is answered when there is no server. */
class FirstPacketTest {

    private static final int TO_MODE = 5;

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new PassMode("pass", TO_MODE));

    private static void balance(Conversation conversation) {
        BENCH.balance(conversation.service(), "pass", conversation.server());
    }

    private static Packet segment(TcpFlag... flags) {
        return Conversation.TCP4.fromClient().tcp(CLIENT_PORT, PORT).flags(flags);
    }

    private static void assertForwarded(Packet packet) {
        assertThat(BENCH.send(packet).verdict()).as("%s", packet.frame()).isEqualTo(TO_MODE);
    }

    private static VirtualService service(ServiceKey key, boolean persistent, boolean onePacket) {
        return new VirtualService(
                key,
                "rr",
                Set.of(),
                persistent ? Persistence.of(60, key.family()) : null,
                onePacket,
                ProxyProtocol.NONE);
    }

    @Test
    void onlySynBeginsATcpConnection() {
        balance(Conversation.TCP4);

        BENCH.send(segment()).isUntouched();
        BENCH.send(segment(TcpFlag.ACK)).isUntouched();
        BENCH.send(segment(TcpFlag.FIN, TcpFlag.ACK)).isUntouched();
        BENCH.send(segment(TcpFlag.RST)).isUntouched();
        BENCH.send(segment(TcpFlag.SYN, TcpFlag.RST)).isUntouched();
        assertThat(BENCH.states()).isEmpty();

        assertForwarded(segment(TcpFlag.SYN));
        assertThat(BENCH.states()).containsExactly("SYN_RECV");
    }

    @Test
    void portOfFtpDataBeginsNone() {
        balance(Conversation.TCP4);

        BENCH.send(Conversation.TCP4.fromClient().tcp(20, PORT).flags(TcpFlag.SYN))
                .isUntouched();
    }

    @Test
    void statesFollowTheClientsSegments() {
        balance(Conversation.TCP4);
        assertForwarded(segment(TcpFlag.SYN));

        assertForwarded(segment(TcpFlag.ACK));
        assertThat(BENCH.states()).containsExactly("ESTABLISHED");
        assertForwarded(segment(TcpFlag.FIN, TcpFlag.ACK));
        assertThat(BENCH.states()).containsExactly("FIN_WAIT");
    }

    @Test
    void resetClosesAConnectionWhosePortIsThenUsedAnew() {
        balance(Conversation.TCP4);
        var server = new ServerId(Conversation.TCP4.service(), Conversation.TCP4.server());
        var before = BENCH.dataPath().traffic().of(server).connections();
        assertForwarded(segment(TcpFlag.SYN));
        assertForwarded(segment(TcpFlag.ACK));

        assertForwarded(segment(TcpFlag.RST));
        assertThat(BENCH.states()).containsExactly("CLOSE");
        assertForwarded(segment(TcpFlag.SYN));

        assertThat(BENCH.states()).containsExactly("SYN_RECV");
        assertThat(BENCH.dataPath().traffic().of(server).connections() - before).isEqualTo(2);
    }

    @Test
    void synOfAnEstablishedConnectionBeginsNoOther() {
        balance(Conversation.TCP4);
        var server = new ServerId(Conversation.TCP4.service(), Conversation.TCP4.server());
        var before = BENCH.dataPath().traffic().of(server).connections();
        assertForwarded(segment(TcpFlag.SYN));
        assertForwarded(segment(TcpFlag.ACK));

        assertForwarded(segment(TcpFlag.SYN));

        assertThat(BENCH.states()).containsExactly("ESTABLISHED");
        assertThat(BENCH.dataPath().traffic().of(server).connections() - before).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void withoutAServerTheVipAnswersPortUnreachable(Conversation conversation) {
        BENCH.apply(ProgramBench.entry(
                VirtualService.of(conversation.service(), "rr"), RealServer.of(conversation.server(), "pass", 0)));
        var family = conversation.family();

        var answer = BENCH.send(conversation.opening()).answered();

        var ip = family.ip(
                Packet.ethernet(RecordedFrames.DIRECTOR_CLIENT_SIDE, RecordedFrames.CLIENT),
                family.vip(),
                family.client());
        PacketAssert.assertThat(answer)
                .isPacket(ip.change(
                                Ipv4.class,
                                v4 -> v4.tos(0xc0).id(answer.get(Ipv4.class).id()))
                        .icmpUnreachable(family == Family.IPV4 ? 3 : 4)
                        .quoting(conversation.opening()))
                .hasCorrectChecksums();
        assertThat(BENCH.drops("no-server")).isOne();
        assertThat(BENCH.states()).isEmpty();
    }

    @Test
    void refusalsToOneClientAreLimited() {
        BENCH.apply(ProgramBench.entry(
                VirtualService.of(Conversation.UDP4.service(), "rr"),
                RealServer.of(Conversation.UDP4.server(), "pass", 0)));
        var other = CLIENT_LINK.ipv4("10.0.0.3", "10.0.0.100").udp(CLIENT_PORT, PORT);

        for (int i = 0; i < 6; i++) {
            BENCH.send(Conversation.UDP4.opening()).answered();
        }
        BENCH.send(Conversation.UDP4.opening()).isDropped();

        BENCH.send(other).answered();
        assertThat(BENCH.drops("no-server")).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource
    void serviceOfEveryPortTakesEveryPort(Conversation conversation) {
        var key = new ServiceKey.Address(
                ((ServiceKey.Address) conversation.service()).protocol(),
                Endpoint.of(conversation.family().vip(), 0));
        BENCH.apply(ProgramBench.entry(
                service(key, true, false),
                RealServer.of(Endpoint.of(conversation.family().server(), 0), "pass", 1)));

        assertForwarded(conversation.opening());
        var ip = conversation.fromClient();
        assertForwarded(conversation.isTcp() ? ip.tcp(1, 65535).flags(TcpFlag.SYN) : ip.udp(1, 65535));
        assertThat(BENCH.states())
                .hasSize(3)
                .contains("NONE"); // the template is one of them, and no server has answered
    }

    @ParameterizedTest
    @EnumSource
    void markServiceTakesWhatTheFirewallHasMarked(Conversation conversation) {
        var key = new ServiceKey.FirewallMark(
                7, conversation.family() == Family.IPV4 ? AddressFamily.IPV4 : AddressFamily.IPV6);
        BENCH.apply(ProgramBench.entry(
                VirtualService.of(key, "rr"),
                RealServer.of(Endpoint.of(conversation.family().server(), 0), "pass", 1)));

        BENCH.send(conversation.opening().frame(), 8).isUntouched();
        BENCH.send(conversation.opening()).isUntouched();
        assertThat(BENCH.send(conversation.opening().frame(), 7).verdict()).isEqualTo(TO_MODE);
        assertThat(BENCH.states()).hasSize(1);
    }

    @Test
    void onePacketServiceRemembersNothing() {
        BENCH.apply(ProgramBench.entry(
                service(Conversation.UDP4.service(), false, true),
                RealServer.of(Conversation.UDP4.server(), "pass", 1)));

        assertForwarded(Conversation.UDP4.opening());
        assertForwarded(Conversation.UDP4.opening());

        assertThat(BENCH.states()).isEmpty();
    }

    @Test
    void connectionOfARemovedServerWaitsForIt() {
        balance(Conversation.UDP4);
        assertForwarded(Conversation.UDP4.opening());

        BENCH.apply(ProgramBench.entry(VirtualService.of(Conversation.UDP4.service(), "rr")));
        BENCH.send(Conversation.UDP4.opening()).isDropped();
        assertThat(BENCH.drops("server-gone")).isOne();

        balance(Conversation.UDP4);
        assertForwarded(Conversation.UDP4.following());
    }
}
