package io.jlvs.plugin.dr;

import static io.jlvs.datapath.ebpf.Conversation.CLIENT_PORT;
import static io.jlvs.datapath.ebpf.Conversation.PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.PacketAssert;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.Family;
import io.jlvs.datapath.ebpf.ProgramBench;
import io.jlvs.datapath.ebpf.SctpStates;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client's chunks in any order: they go on as they are, the states are those of IPVS's table for one way. */
class DrSctpTest {

    private static final Conversation TALK = Conversation.TCP4;
    private static final ServiceKey SERVICE =
            new ServiceKey.Address(Protocol.SCTP, Endpoint.of(TALK.family().vip(), PORT));

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Dr());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void packetsAreAsSentAndStatesThoseOfTheTable(int seed) {
        BENCH.balance(SERVICE, "dr", TALK.server());
        var random = new Random(seed);
        var state = "NONE";

        for (int step = 0; step < 150; step++) {
            int chunk = step == 0 ? 1 : SctpStates.anyChunk(random);
            var packet = TALK.fromClient().sctp(CLIENT_PORT, PORT).payload(new byte[] {(byte) chunk, 0, 0, 4});
            var before = state;
            state = SctpStates.CLIENT_ONLY.after(before, chunk);

            PacketAssert.assertThat(BENCH.send(packet).sent())
                    .isPacket(Frame.parseIp(Family.hop(packet).frame().networkBytes()));
            assertThat(BENCH.states()).as(chunk + " in " + before).containsExactly(state);
        }
    }
}
