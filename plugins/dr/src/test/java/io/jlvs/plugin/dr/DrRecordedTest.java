package io.jlvs.plugin.dr;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.PacketAssert;
import io.jlvs.api.testing.packet.RecordedFrames;
import io.jlvs.datapath.ebpf.ProgramBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What IPVS made of packets, and what we make of them. */
class DrRecordedTest {

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Dr());

    @Test
    void datagramsLeaveAsIpvsSentThem() {
        BENCH.balance(ServiceKey.udp("10.0.0.100", 80), "dr", Endpoint.of("10.0.1.2", 80));
        var recorded = RecordedFrames.read("dr-udp").requests();

        assertThat(recorded).hasSize(4);
        for (var pair : recorded) {
            PacketAssert.assertThat(BENCH.send(pair.in()).sent())
                    .isPacket(Frame.parseIp(pair.out().networkBytes()));
        }
    }
}
