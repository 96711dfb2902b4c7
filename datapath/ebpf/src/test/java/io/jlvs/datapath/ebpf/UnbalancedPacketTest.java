package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Conversation.CLIENT_LINK;
import static io.jlvs.datapath.ebpf.Conversation.CLIENT_PORT;
import static io.jlvs.datapath.ebpf.Conversation.PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Ipv4;
import io.jlvs.api.testing.packet.Ipv6;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.Tcp;
import io.jlvs.api.testing.packet.TcpFlag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no service has: it is left to the kernel to the last byte. */
class UnbalancedPacketTest {

    /** A verdict of the mode's that no other program gives. */
    private static final int TO_MODE = 5;

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new PassMode("pass", TO_MODE));

    private static void balance(Conversation conversation) {
        BENCH.balance(conversation.service(), "pass", conversation.server());
    }

    private static void assertUntouched(Packet packet) {
        BENCH.send(packet).isUntouched();
        BENCH.sendExpress(packet).isLeftByDriver();
        assertThat(BENCH.states()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void packetOfTheServiceGoesToTheMode(Conversation conversation) {
        balance(conversation);

        assertThat(BENCH.send(conversation.opening()).verdict()).isEqualTo(TO_MODE);
    }

    @ParameterizedTest
    @EnumSource
    void otherPortOrProtocolOrAddress(Conversation conversation) {
        balance(conversation);
        var family = conversation.family();
        var ip = conversation.fromClient();

        assertUntouched(conversation.data(ip, CLIENT_PORT, PORT + 1));
        assertUntouched(
                conversation.isTcp()
                        ? ip.udp(CLIENT_PORT, PORT)
                        : ip.tcp(CLIENT_PORT, PORT).flags(TcpFlag.SYN));
        assertUntouched(ip.sctp(CLIENT_PORT, PORT).payload("chunk"));
        assertUntouched(ip.gre().payload("something"));
        assertUntouched(conversation.opening(family.ip(CLIENT_LINK, family.client(), family.director())));
        assertUntouched(ip.icmpEcho(1, 2).payload("ping"));
    }

    @ParameterizedTest
    @EnumSource
    void otherEtherTypes(Conversation conversation) {
        balance(conversation);
        var arp = CLIENT_LINK.type(0x0806);

        assertUntouched(arp.payload(new byte[28]));
        assertUntouched(CLIENT_LINK.type(0x8847).payload("labels"));
        assertUntouched(CLIENT_LINK.vlan(7).type(0x0806).payload(new byte[28]));
        assertUntouched(conversation.opening(
                conversation.fromClient(CLIENT_LINK.qinq(1, 2).vlan(3))));
    }

    @ParameterizedTest
    @EnumSource
    void wrongVersion(Conversation conversation) {
        balance(conversation);

        for (int version = 0; version < 16; version++) {
            var wrong = version;
            if (version != (conversation.family() == Family.IPV4 ? 4 : 6)) {
                assertUntouched(conversation
                        .opening()
                        .change(Ipv4.class, ip -> ip.version(wrong))
                        .change(Ipv6.class, ip -> ip.version(wrong)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP4", "UDP4"})
    void wrongHeaderLength(Conversation conversation) {
        balance(conversation);

        for (int words = 0; words < 16; words++) {
            var wrong = words;
            if (words != 5) {
                var packet = conversation.opening().change(Ipv4.class, ip -> ip.headerLength(wrong));
                var outcome = BENCH.send(packet);
                assertThat(outcome.verdict()).as("header of %s words", words).isIn(Outcome.PASSED, TO_MODE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void lengthThatLeavesNoRoomForTheHeaders(Conversation conversation) {
        balance(conversation);
        var header = conversation.isTcp() ? 20 : 8;

        for (int length = 0; length < header; length++) {
            var wrong = length;
            assertUntouched(conversation
                    .opening()
                    .change(Ipv4.class, ip -> ip.totalLength(20 + wrong))
                    .change(Ipv6.class, ip -> ip.payloadLength(wrong)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void lengthBeyondTheFrame(Conversation conversation) {
        balance(conversation);
        var size = conversation.opening().frame().networkBytes().length;

        for (int length : List.of(size + 1, size + 100, 0xffff)) {
            assertUntouched(conversation
                    .opening()
                    .change(Ipv4.class, ip -> ip.totalLength(length))
                    .change(Ipv6.class, ip -> ip.payloadLength(length - 40)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP4", "TCP6"})
    void wrongDataOffset(Conversation conversation) {
        balance(conversation);

        for (int words = 0; words < 5; words++) {
            var wrong = words;
            assertUntouched(conversation.opening().change(Tcp.class, tcp -> tcp.dataOffset(wrong)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCutOffFirstPacket(Conversation conversation) {
        balance(conversation);
        var tagged = conversation
                .opening(conversation.fromClient(CLIENT_LINK.vlan(7)))
                .frame();

        for (int length = 14; length < tagged.bytes().length; length++) {
            BENCH.send(tagged.truncated(length)).isUntouched();
        }
        assertThat(BENCH.states()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP6", "UDP6"})
    void extensionHeaderThatPromisesTooMuch(Conversation conversation) {
        balance(conversation);
        var ip = conversation.fromClient();

        for (int units : List.of(1, 5, 20, 255)) {
            assertUntouched(conversation.opening(ip.hopByHop().length(units)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP6", "UDP6"})
    void moreExtensionHeadersThanAnybodyNeeds(Conversation conversation) {
        balance(conversation);
        var ip = conversation.fromClient();
        for (int i = 0; i < 5; i++) {
            var below = ip;
            ip = below.destinationOptions();
        }

        assertUntouched(conversation.opening(ip));
    }

    @Test
    void frameOfNoise() {
        balance(Conversation.TCP4);
        var noise = new byte[200];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (i * 37 + 11);
        }

        BENCH.send(Frame.parse(noise)).isUntouched();
    }
}
