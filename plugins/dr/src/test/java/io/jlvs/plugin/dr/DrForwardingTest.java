package io.jlvs.plugin.dr;

import io.jlvs.api.RealServer;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.Family;
import io.jlvs.datapath.ebpf.KernelModeContract;
import io.jlvs.datapath.ebpf.ProgramBench;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing changes but the TTL. */
class DrForwardingTest extends KernelModeContract {

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Dr());

    @Override
    protected ProgramBench bench() {
        return BENCH;
    }

    @Override
    protected RealServer server(Conversation conversation) {
        return RealServer.of(conversation.server(), "dr", 1);
    }

    @Override
    protected Packet forwarded(Packet packet, Conversation conversation, Frame sent) {
        return Family.hop(packet);
    }
}
