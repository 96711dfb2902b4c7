package io.jlvs.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.VirtualService;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Ipv4;
import io.jlvs.api.testing.packet.Ipv6;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.PacketAssert;
import io.jlvs.api.testing.packet.RecordedFrames;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every forwarding mode answers a client whose packet can't go on, and what it does with broken ones. */
public abstract class BlockedPacketContract {

    private static final int IPV4_HEADER = 20;
    private static final int IPV4_QUOTE = 576 - 28;
    private static final int IPV6_QUOTE = 1280 - 48;

    /** The shortest frames that a test run takes: link and IP header, the link header alone of other protocols. */
    private static final int HEADERS = 14 + 40;

    private static final int LINK = 14;

    protected abstract ProgramBench bench();

    /** A server at this address. */
    protected abstract RealServer server(Endpoint endpoint);

    /** How many bytes the mode puts around a packet. */
    protected abstract int overhead(Family family);

    private void balance(Conversation conversation, String address) {
        var server = server(Endpoint.of(address, Conversation.PORT));
        bench().apply(ProgramBench.entry(VirtualService.of(conversation.service(), "rr"), server));
    }

    @ParameterizedTest
    @EnumSource
    void ttlThatEndsHereIsTimeExceededFromTheVip(Conversation conversation) {
        var family = conversation.family();
        balance(conversation, family.server());
        var packet = Family.ttl(conversation.opening(), 1);

        var answer = bench().send(packet).answered();

        PacketAssert.assertThat(answer)
                .isPacket(error(conversation, answer).icmpTimeExceeded().quoting(packet))
                .hasCorrectChecksums();
        assertThat(bench().drops("ttl")).isOne();
        assertThat(bench().states()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void establishedPacketsTtlEndsHereToo(Conversation conversation) {
        balance(conversation, conversation.family().server());
        bench().send(conversation.opening());
        var packet = Family.ttl(conversation.following(), 1);

        var answer = bench().send(packet).answered();

        PacketAssert.assertThat(answer)
                .isPacket(error(conversation, answer).icmpTimeExceeded().quoting(packet));
        bench().sendExpress(packet).isLeftByDriver();
    }

    @ParameterizedTest
    @EnumSource
    void tooBigPacketIsToldTheMtu(Conversation conversation) {
        var family = conversation.family();
        balance(conversation, family.narrow());
        bench().send(conversation.opening()).sent();
        var most = ProgramBench.NARROW - overhead(family);
        var packet = KernelModeContract.df(ofLength(conversation, most + 1));

        var answer = bench().send(packet).answered();

        var quote = family == Family.IPV4 ? IPV4_QUOTE : IPV6_QUOTE;
        PacketAssert.assertThat(answer)
                .isPacket(error(conversation, answer).icmpTooBig(most).quoting(Family.hop(packet), quote))
                .hasCorrectChecksums();
        assertThat(bench().drops("too-big")).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void packetThatJustFitsIsSent(Conversation conversation) {
        var family = conversation.family();
        balance(conversation, family.narrow());
        bench().send(conversation.opening()).sent();

        var packet = KernelModeContract.df(ofLength(conversation, ProgramBench.NARROW - overhead(family)));
        var sent = bench().send(packet).sent();

        assertThat(sent.bytes()).hasSize(ProgramBench.NARROW);
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP4", "UDP4"})
    void tooBigPacketThatMayBeFragmentedIs(Conversation conversation) {
        var family = conversation.family();
        balance(conversation, family.narrow());
        bench().send(conversation.opening()).sent();
        var first = (ProgramBench.NARROW - IPV4_HEADER) / 8 * 8;

        for (int length = ProgramBench.NARROW + 1; length < ProgramBench.NARROW + 30; length++) {
            var packet = ofLength(conversation, length);
            var last = bench().send(packet).sent();

            var whole = packet.frame().bytes();
            var rest = overhead(family) + length - IPV4_HEADER - first;
            var ip = last.get(Ipv4.class);
            assertThat(ip.fragmentOffset()).isEqualTo(first);
            assertThat(ip.isMf()).isFalse();
            assertThat(last.bytes()).hasSize(IPV4_HEADER + rest);
            assertThat(Arrays.copyOfRange(last.bytes(), IPV4_HEADER, last.bytes().length))
                    .isEqualTo(Arrays.copyOfRange(whole, whole.length - rest, whole.length));
            PacketAssert.assertThat(last).hasCorrectChecksums();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP4", "UDP4"})
    void everyPieceButTheLastGoesAhead(Conversation conversation) {
        var family = conversation.family();
        balance(conversation, family.narrow());
        bench().send(conversation.opening()).sent();

        bench().send(ofLength(conversation, 2 * ProgramBench.NARROW)).sent();

        var pieces = bench().arrived(2);
        var first = (ProgramBench.NARROW - IPV4_HEADER) / 8 * 8;
        for (int i = 0; i < 2; i++) {
            var ip = pieces.get(i).get(Ipv4.class);
            assertThat(ip.fragmentOffset()).isEqualTo(i * first);
            assertThat(ip.isMf()).isTrue();
            assertThat(ip.totalLength()).isEqualTo(IPV4_HEADER + first);
            PacketAssert.assertThat(pieces.get(i)).hasCorrectChecksums();
        }
    }

    @ParameterizedTest
    @EnumSource
    void errorsToOneClientAreLimited(Conversation conversation) {
        balance(conversation, conversation.family().server());
        var packet = Family.ttl(conversation.opening(), 1);

        for (int i = 0; i < 6; i++) {
            bench().send(packet).answered();
        }

        bench().send(packet).isDropped();
    }

    @ParameterizedTest
    @EnumSource
    void cutOffPacketIsNeverForwarded(Conversation conversation) {
        balance(conversation, conversation.family().server());
        bench().send(conversation.opening()).sent();
        var whole = conversation.following().frame();
        var tagged = conversation.tagged().frame();

        for (int length = HEADERS; length < whole.bytes().length; length++) {
            bench().send(whole.truncated(length)).isUntouched();
        }
        for (int length = LINK; length < tagged.bytes().length; length++) {
            bench().send(tagged.truncated(length)).isUntouched();
        }
    }

    @ParameterizedTest
    @EnumSource
    void driverLeavesCutOffPacketsAlone(Conversation conversation) {
        balance(conversation, conversation.family().server());
        bench().send(conversation.opening()).sent();
        var whole = conversation.following().frame();

        for (int length = HEADERS; length < whole.bytes().length; length++) {
            bench().sendExpress(whole.truncated(length)).isLeftByDriver();
        }
    }

    /** A packet of so many bytes from its IP header on. */
    private static Packet ofLength(Conversation conversation, int length) {
        var empty = conversation.following().below();
        var size = length - empty.frame().networkBytes().length;
        return empty.payloadOfLength(size);
    }

    /** The headers of an error from the VIP to the client, back on its link. */
    private static Packet error(Conversation conversation, Frame answer) {
        var family = conversation.family();
        return family.ip(
                        Packet.ethernet(RecordedFrames.DIRECTOR_CLIENT_SIDE, RecordedFrames.CLIENT),
                        family.vip(),
                        family.client())
                .change(Ipv4.class, ip -> ip.tos(0xc0).id(answer.get(Ipv4.class).id()))
                .change(Ipv6.class, ip -> ip.hopLimit(64));
    }
}
