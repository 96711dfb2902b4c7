package io.jlvs.plugin.nat;

import static io.jlvs.datapath.ebpf.Conversation.CLIENT_PORT;
import static io.jlvs.datapath.ebpf.Conversation.PORT;
import static io.jlvs.datapath.ebpf.Conversation.SERVER_PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.ProgramBench;
import io.jlvs.datapath.ebpf.SctpStates;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks of both sides in any order: the states are those of IPVS's tables. */
class NatSctpStatesTest {

    private static final Conversation TALK = Conversation.TCP4;
    private static final ServiceKey SERVICE =
            new ServiceKey.Address(Protocol.SCTP, Endpoint.of(TALK.family().vip(), PORT));
    private static final Endpoint SERVER = Endpoint.of(TALK.family().server(), SERVER_PORT);

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Nat());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void statesAndCountsAreThoseOfTheTables(int seed) {
        BENCH.balance(SERVICE, "nat", SERVER);
        var random = new Random(seed);
        int before = active();
        fromClient(1);
        var state = "INIT1";

        for (int step = 0; step < 150; step++) {
            int chunk = SctpStates.anyChunk(random);
            boolean client = random.nextBoolean();
            var from = state;
            if (client) {
                fromClient(chunk);
            } else {
                fromServer(chunk);
            }
            state = (client ? SctpStates.CLIENT : SctpStates.SERVER).after(from, chunk);

            var what = (client ? "client" : "server") + " says " + chunk + " in " + from;
            assertThat(BENCH.states()).as(what).containsExactly(state);
            assertThat(active() - before).as(what).isEqualTo(state.equals("ESTABLISHED") ? 1 : 0);
        }
    }

    private static int active() {
        return BENCH.dataPath().load(new ServerId(SERVICE, SERVER)).active();
    }

    private static void fromClient(int chunk) {
        BENCH.send(TALK.fromClient().sctp(CLIENT_PORT, PORT).payload(new byte[] {(byte) chunk, 0, 0, 4}))
                .sent();
    }

    private static void fromServer(int chunk) {
        BENCH.send(TALK.fromServer().sctp(SERVER_PORT, CLIENT_PORT).payload(new byte[] {(byte) chunk, 0, 0, 4}))
                .sent();
    }
}
