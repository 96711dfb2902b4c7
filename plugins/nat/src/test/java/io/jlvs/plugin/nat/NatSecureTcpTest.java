package io.jlvs.plugin.nat;

import static io.jlvs.datapath.ebpf.Conversation.CLIENT_PORT;
import static io.jlvs.datapath.ebpf.Conversation.PORT;
import static io.jlvs.datapath.ebpf.Conversation.SERVER_PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.datapath.Sysctl;
import io.jlvs.api.datapath.Sysctls;
import io.jlvs.api.testing.packet.TcpFlag;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.ProgramBench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With IPVS's secure_tcp a connection is established when its server says so, not when its client does. */
class NatSecureTcpTest {

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Nat());

    @AfterEach
    void useDefaults() {
        BENCH.dataPath().use(Sysctls.DEFAULTS);
    }

    @Test
    void believesTheServerAlone() {
        var conversation = Conversation.TCP4;
        BENCH.dataPath().use(Sysctls.DEFAULTS.with(Sysctl.SECURE_TCP, "3"));
        BENCH.balance(
                conversation.service(), "nat", Endpoint.of(conversation.family().server(), SERVER_PORT));

        fromClient(TcpFlag.SYN);
        assertThat(BENCH.states()).containsExactly("SYN_RECV");
        fromServer(TcpFlag.SYN, TcpFlag.ACK);
        assertThat(BENCH.states()).containsExactly("SYNACK");
        fromClient(TcpFlag.ACK);
        assertThat(BENCH.states()).containsExactly("SYNACK");
        fromServer(TcpFlag.ACK);
        assertThat(BENCH.states()).containsExactly("ESTABLISHED");
    }

    private static void fromClient(TcpFlag... flags) {
        BENCH.send(Conversation.TCP4.fromClient().tcp(CLIENT_PORT, PORT).flags(flags))
                .sent();
    }

    private static void fromServer(TcpFlag... flags) {
        BENCH.send(Conversation.TCP4.fromServer().tcp(SERVER_PORT, CLIENT_PORT).flags(flags))
                .sent();
    }
}
