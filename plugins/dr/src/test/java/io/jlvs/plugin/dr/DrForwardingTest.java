package io.jlvs.plugin.dr;

import static io.jlvs.datapath.ebpf.Family.hop;

import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.PacketAssert;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.ProgramBench;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrForwardingTest {

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Dr());

    @ParameterizedTest
    @EnumSource
    void firstPacketChangesNothingButItsTtl(Conversation conversation) {
        BENCH.balance(conversation.service(), "dr", conversation.server());

        var sent = BENCH.send(conversation.opening()).sent();

        PacketAssert.assertThat(sent).isPacket(network(hop(conversation.opening())));
    }

    @ParameterizedTest
    @EnumSource
    void establishedPacketChangesNothingButItsTtl(Conversation conversation) {
        BENCH.balance(conversation.service(), "dr", conversation.server());
        BENCH.send(conversation.opening()).sent();

        var sent = BENCH.send(conversation.following()).sent();

        PacketAssert.assertThat(sent).isPacket(network(hop(conversation.following())));
    }

    private static Frame network(Packet packet) {
        return Frame.parseIp(packet.frame().networkBytes());
    }
}
