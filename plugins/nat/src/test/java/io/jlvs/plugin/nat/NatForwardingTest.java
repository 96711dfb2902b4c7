package io.jlvs.plugin.nat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.Tcp;
import io.jlvs.api.testing.packet.Udp;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.Family;
import io.jlvs.datapath.ebpf.KernelModeContract;
import io.jlvs.datapath.ebpf.ProgramBench;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Destination address and port become the server's. */
class NatForwardingTest extends KernelModeContract {

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Nat());

    @Override
    protected ProgramBench bench() {
        return BENCH;
    }

    @Override
    protected RealServer server(Conversation conversation) {
        var endpoint = Endpoint.of(conversation.family().server(), Conversation.SERVER_PORT);
        return RealServer.of(endpoint, "nat", 1);
    }

    @Override
    protected Packet forwarded(Packet packet, Conversation conversation, Frame sent) {
        var family = conversation.family();
        return Family.between(Family.hop(packet), family.client(), family.server())
                .change(Tcp.class, tcp -> tcp.destinationPort(Conversation.SERVER_PORT))
                .change(Udp.class, udp -> udp.destinationPort(Conversation.SERVER_PORT));
    }
}
