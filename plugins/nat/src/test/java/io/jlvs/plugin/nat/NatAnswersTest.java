package io.jlvs.plugin.nat;

import static io.jlvs.datapath.ebpf.Conversation.CLIENT_PORT;
import static io.jlvs.datapath.ebpf.Conversation.PORT;
import static io.jlvs.datapath.ebpf.Conversation.SERVER_PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Ipv4;
import io.jlvs.api.testing.packet.Ipv6;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.PacketAssert;
import io.jlvs.api.testing.packet.RecordedFrames;
import io.jlvs.api.testing.packet.Tcp;
import io.jlvs.api.testing.packet.TcpFlag;
import io.jlvs.api.testing.packet.Udp;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.Family;
import io.jlvs.datapath.ebpf.ProgramBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What servers answer through the director: its source becomes the VIP. */
class NatAnswersTest {

    private static final int ID = 4711;

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Nat());

    private static void open(Conversation conversation) {
        BENCH.balance(
                conversation.service(), "nat", Endpoint.of(conversation.family().server(), SERVER_PORT));
        BENCH.send(conversation.opening()).sent();
    }

    private static Packet translated(Packet answer, Conversation conversation) {
        var family = conversation.family();
        return Family.between(Family.hop(answer), family.vip(), family.client())
                .change(Tcp.class, tcp -> tcp.sourcePort(PORT))
                .change(Udp.class, udp -> udp.sourcePort(PORT));
    }

    private static Frame network(Packet packet) {
        return Frame.parseIp(packet.frame().networkBytes());
    }

    private static void assertTranslated(Packet answer, Conversation conversation) {
        PacketAssert.assertThat(BENCH.send(answer).sent())
                .isPacket(network(translated(answer, conversation)))
                .hasCorrectChecksums();
    }

    @ParameterizedTest
    @EnumSource
    void answersComeFromTheVip(Conversation conversation) {
        open(conversation);

        assertTranslated(conversation.answer(), conversation);
    }

    @ParameterizedTest
    @EnumSource
    void driverDoesTheSameAsTrafficControl(Conversation conversation) {
        open(conversation);

        var express = BENCH.sendExpress(conversation.answer());

        PacketAssert.assertThat(express.sentByDriver())
                .isPacket(network(translated(conversation.answer(), conversation)));
    }

    @ParameterizedTest
    @EnumSource
    void otherFieldsOfTheHeaderStay(Conversation conversation) {
        open(conversation);

        assertTranslated(
                conversation
                        .answer()
                        .change(Ipv4.class, ip -> ip.tos(0xb9).id(ID).df().options((byte) 1))
                        .change(Ipv6.class, ip -> ip.trafficClass(0xb9).flowLabel(0x12345)),
                conversation);
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP4", "UDP6"})
    void absentChecksumStaysAbsent(Conversation conversation) {
        open(conversation);

        assertTranslated(conversation.answer().change(Udp.class, Udp::noChecksum), conversation);
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP4", "UDP6"})
    void checksumThatBecomesZeroIsSentAsOnes(Conversation conversation) {
        open(conversation);
        var empty = conversation.answer().below();
        var sum = translated(empty.payload((byte) 0, (byte) 0), conversation)
                .frame()
                .get(Udp.class)
                .checksum();
        var answer = empty.payload((byte) (sum >> 8), (byte) sum);

        var sent = BENCH.send(answer).sent();
        var express = BENCH.sendExpress(answer).sentByDriver();

        assertThat(sent.get(Udp.class).checksum()).isEqualTo(0xffff);
        PacketAssert.assertThat(express).isPacket(sent);
    }

    @ParameterizedTest
    @EnumSource
    void fragmentsOfAnswersFollowTheirFirst(Conversation conversation) {
        open(conversation);
        var whole = conversation.answer().below().payloadOfLength(200);
        var pieces = whole.fragments(100, ID);
        var expected = translated(whole, conversation).fragments(100, ID);

        for (int i = 0; i < pieces.size(); i++) {
            PacketAssert.assertThat(BENCH.send(pieces.get(i)).sent()).isPacket(network(expected.get(i)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ttlThatEndsHereIsToldToTheServerByTheDirector(Conversation conversation) {
        open(conversation);
        var family = conversation.family();
        var answer = Family.ttl(conversation.answer(), 1);

        var error = BENCH.send(answer).answered();

        var expected = family.ip(
                        Packet.ethernet(RecordedFrames.DIRECTOR_SERVER_SIDE, RecordedFrames.SERVER),
                        family.director(),
                        family.server())
                .change(Ipv4.class, ip -> ip.tos(0xc0).id(error.get(Ipv4.class).id()))
                .icmpTimeExceeded()
                .quoting(answer);
        PacketAssert.assertThat(error).isPacket(expected);
    }

    @ParameterizedTest
    @EnumSource
    void answersOfNobodysConnectionPassUntouched(Conversation conversation) {
        open(conversation);
        var other = conversation.data(conversation.fromServer(), SERVER_PORT, CLIENT_PORT + 1);

        BENCH.send(other).isUntouched();
    }

    @ParameterizedTest
    @EnumSource
    void cutOffAnswerIsNeverForwarded(Conversation conversation) {
        open(conversation);
        var whole = conversation.answer().frame();

        for (int length = 54; length < whole.bytes().length; length++) {
            BENCH.send(whole.truncated(length)).isUntouched();
        }
    }

    @Test
    void handshakeMakesAConnectionEstablished() {
        open(Conversation.TCP4);
        assertThat(BENCH.states()).containsExactly("SYN_RECV");

        var answer =
                Conversation.TCP4.fromServer().tcp(SERVER_PORT, CLIENT_PORT).flags(TcpFlag.SYN, TcpFlag.ACK);
        assertTranslated(answer, Conversation.TCP4);
        assertThat(BENCH.states()).containsExactly("SYN_RECV");

        BENCH.send(Conversation.TCP4.following()).sent();
        assertThat(BENCH.states()).containsExactly("ESTABLISHED");
    }
}
