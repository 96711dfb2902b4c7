package io.jlvs.plugin.nat;

import static io.jlvs.datapath.ebpf.Conversation.SERVER_PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.ServerId;
import io.jlvs.api.datapath.LatencyHistogram;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.Tcp;
import io.jlvs.api.testing.packet.TcpFlag;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.ProgramBench;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a server takes to answer a SYN, seen by the programs. */
class NatConnectLatencyTest {

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Nat());

    private static final Conversation TCP = Conversation.TCP4;
    private static int port = Conversation.CLIENT_PORT;

    @BeforeEach
    void aServer() {
        BENCH.balance(TCP.service(), "nat", server(TCP));
    }

    private static Endpoint server(Conversation conversation) {
        return Endpoint.of(conversation.family().server(), SERVER_PORT);
    }

    private static LatencyHistogram latency(Conversation conversation) {
        return BENCH.dataPath().connectLatency(new ServerId(conversation.service(), server(conversation)));
    }

    private static Packet synAck() {
        return TCP.answer().change(Tcp.class, tcp -> tcp.destinationPort(port).flags(TcpFlag.SYN, TcpFlag.ACK));
    }

    private static void open() {
        port++;
        BENCH.send(TCP.opening().change(Tcp.class, tcp -> tcp.sourcePort(port))).sent();
    }

    @Test
    void firstAnswerOfEachConnectionCounts() {
        var before = latency(TCP).count();

        open();
        assertThat(latency(TCP).count()).isEqualTo(before);
        BENCH.send(synAck()).sent();
        BENCH.send(synAck()).sent();
        assertThat(latency(TCP).count()).isEqualTo(before + 1);

        open();
        BENCH.send(synAck()).sent();
        assertThat(latency(TCP).count()).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 300, 700, 2_000, 4_000, 8_000, 20_000, 40_000, 80_000, 200_000})
    void programsHaveTheBucketsOfJava(int micros) {
        open();
        var before = latency(TCP);
        var answered = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        while (System.nanoTime() < answered) {
            LockSupport.parkNanos(answered - System.nanoTime());
        }

        BENCH.send(synAck()).sent();

        var took = latency(TCP).sumNanos() - before.sumNanos();
        assertThat(took).isGreaterThanOrEqualTo(TimeUnit.MICROSECONDS.toNanos(micros));
        var bucket = LatencyHistogram.bucketOf(took);
        assertThat(latency(TCP).count(bucket)).isEqualTo(before.count(bucket) + 1);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = "UDP.*")
    void answersOfOtherProtocolsDoNotCount(Conversation conversation) {
        BENCH.balance(conversation.service(), "nat", server(conversation));
        BENCH.send(conversation.opening()).sent();

        BENCH.send(conversation.answer()).sent();

        assertThat(latency(conversation).count()).isZero();
    }
}
