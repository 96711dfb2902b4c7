package io.jlvs.plugin.nat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.datapath.ebpf.BlockedPacketContract;
import io.jlvs.datapath.ebpf.Family;
import io.jlvs.datapath.ebpf.ProgramBench;
import org.junit.jupiter.api.extension.RegisterExtension;

class NatBlockedPacketTest extends BlockedPacketContract {

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Nat());

    @Override
    protected ProgramBench bench() {
        return BENCH;
    }

    @Override
    protected RealServer server(Endpoint endpoint) {
        return RealServer.of(endpoint, "nat", 1);
    }

    @Override
    protected int overhead(Family family) {
        return 0;
    }
}
