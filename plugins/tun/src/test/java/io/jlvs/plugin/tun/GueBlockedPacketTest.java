package io.jlvs.plugin.tun;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.Thresholds;
import io.jlvs.api.Tunnel;
import io.jlvs.datapath.ebpf.BlockedPacketContract;
import io.jlvs.datapath.ebpf.Family;
import io.jlvs.datapath.ebpf.ProgramBench;
import org.junit.jupiter.api.extension.RegisterExtension;

class GueBlockedPacketTest extends BlockedPacketContract {

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Tun());

    @Override
    protected ProgramBench bench() {
        return BENCH;
    }

    @Override
    protected RealServer server(Endpoint endpoint) {
        return new RealServer(
                endpoint, "tun", 1, Thresholds.NONE, new Tunnel(Tunnel.Type.GUE, 6080, Tunnel.Checksum.FULL));
    }

    @Override
    protected int overhead(Family family) {
        return family == Family.IPV4 ? 32 : 52;
    }
}
