package io.jlvs.plugin.tun;

import io.jlvs.api.RealServer;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.KernelModeContract;
import io.jlvs.datapath.ebpf.ProgramBench;
import org.junit.jupiter.api.extension.RegisterExtension;

/** IP in IP of the same family; only the TTL inside changes. */
class TunForwardingTest extends KernelModeContract {

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Tun());

    @Override
    protected ProgramBench bench() {
        return BENCH;
    }

    @Override
    protected RealServer server(Conversation conversation) {
        return RealServer.of(conversation.server(), "tun", 1);
    }

    @Override
    protected Packet forwarded(Packet packet, Conversation conversation, Frame sent) {
        var outer = Outer.of(packet, conversation.family(), sent);
        return outer.with(outer.header());
    }

    @Override
    protected Packet forwardedPiece(Packet whole, int piece, int mtu, Conversation conversation, Frame sent) {
        return forwarded(whole.fragments(mtu, ID).get(piece), conversation, sent);
    }
}
