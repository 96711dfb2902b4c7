package io.jlvs.plugin.dr;

import static io.jlvs.datapath.ebpf.Conversation.CLIENT_PORT;
import static io.jlvs.datapath.ebpf.Conversation.PORT;

import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.PacketAssert;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.Family;
import io.jlvs.datapath.ebpf.ProgramBench;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ICMP errors about answers that went from the server straight to the client. */
class DrErrorsTest {

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Dr());

    private static void open(Conversation conversation) {
        BENCH.balance(conversation.service(), "dr", conversation.server());
        BENCH.send(conversation.opening()).sent();
    }

    private static Packet answer(Conversation conversation, int clientPort) {
        var family = conversation.family();
        return conversation.data(family.ip(Packet.bare(), family.vip(), family.client()), PORT, clientPort);
    }

    @ParameterizedTest
    @EnumSource
    void goToTheServerAsTheyAre(Conversation conversation) {
        open(conversation);
        var family = conversation.family();
        var router = family == Family.IPV4 ? "10.0.0.9" : "fd00::9";
        var quoted = answer(conversation, CLIENT_PORT);

        for (var sender : List.of(family.client(), router)) {
            var ip = family.ip(Conversation.CLIENT_LINK, sender, family.vip());
            for (var error : List.of(ip.icmpUnreachable(3), ip.icmpTooBig(1280), ip.icmpTimeExceeded())) {
                var packet = error.quoting(quoted);
                var expected = Frame.parseIp(Family.hop(packet).frame().networkBytes());
                PacketAssert.assertThat(BENCH.send(packet).sent()).isPacket(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aboutOtherFlowsPassUntouched(Conversation conversation) {
        open(conversation);

        BENCH.send(conversation.fromClient().icmpUnreachable(3).quoting(answer(conversation, CLIENT_PORT + 1)))
                .isUntouched();
    }
}
