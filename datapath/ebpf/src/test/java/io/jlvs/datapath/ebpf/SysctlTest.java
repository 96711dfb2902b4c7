package io.jlvs.datapath.ebpf;

import static io.jlvs.api.datapath.Sysctl.AM_DROPRATE;
import static io.jlvs.api.datapath.Sysctl.CONN_REUSE_MODE;
import static io.jlvs.api.datapath.Sysctl.DROP_ENTRY;
import static io.jlvs.api.datapath.Sysctl.DROP_PACKET;
import static io.jlvs.api.datapath.Sysctl.EXPIRE_NODEST_CONN;
import static io.jlvs.api.datapath.Sysctl.EXPIRE_QUIESCENT_TEMPLATE;
import static io.jlvs.api.datapath.Sysctl.SECURE_TCP;
import static io.jlvs.api.datapath.Sysctl.SLOPPY_TCP;
import static io.jlvs.datapath.ebpf.Conversation.CLIENT_PORT;
import static io.jlvs.datapath.ebpf.Conversation.PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Persistence;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.Sysctl;
import io.jlvs.api.datapath.Sysctls;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.TcpFlag;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What IPVS's settings change in the programs, at once. The mode at hand sees one way, as dr and tun do. */
class SysctlTest {

    private static final int TO_MODE = 5;
    private static final ServiceKey WEB = Conversation.TCP4.service();
    private static final Endpoint SERVER = Conversation.TCP4.server();
    private static final Endpoint OTHER = Endpoint.of("10.0.1.3", PORT);

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new PassMode("pass", TO_MODE));

    @AfterEach
    void useDefaults() {
        BENCH.dataPath().use(Sysctls.DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 2", "3, 2"})
    void connReuseModeSchedulesAClosedConnectionAnew(String mode, int connections) {
        given(CONN_REUSE_MODE, mode);
        long before = connections();
        send(TcpFlag.SYN);
        send(TcpFlag.ACK);
        send(TcpFlag.RST);

        send(TcpFlag.SYN);

        assertThat(connections() - before).isEqualTo(connections);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 2", "3, 2"})
    void connReuseModeTwoSchedulesAnewInFinWaitThatIsSeenOneWay(String mode, int connections) {
        given(CONN_REUSE_MODE, mode);
        long before = connections();
        send(TcpFlag.SYN);
        send(TcpFlag.ACK);
        send(TcpFlag.FIN, TcpFlag.ACK);
        assertThat(BENCH.states()).containsExactly("FIN_WAIT");

        send(TcpFlag.SYN);

        assertThat(connections() - before).isEqualTo(connections);
    }

    @ParameterizedTest
    @CsvSource({"0, 10.0.1.2", "1, 10.0.1.3"})
    void expireNodestConnLetsAQuiescedServersClientGoWithItsNextSyn(String value, String server) {
        given(EXPIRE_NODEST_CONN, value);
        send(TcpFlag.SYN);
        send(TcpFlag.ACK);
        apply(service(false), server(OTHER, 1), server(SERVER, 0));

        send(TcpFlag.SYN);

        assertThat(BENCH.dataPath().connections().getFirst().server().address().getHostAddress())
                .isEqualTo(server);
    }

    @ParameterizedTest
    @CsvSource({"0, 10.0.1.2", "1, 10.0.1.3"})
    void expireQuiescentTemplateLetsAClientGo(String value, String server) {
        given(EXPIRE_QUIESCENT_TEMPLATE, value);
        apply(service(true), server(SERVER, 1));
        send(TcpFlag.SYN);
        apply(service(true), server(OTHER, 1), server(SERVER, 0));

        BENCH.send(Conversation.TCP4.fromClient().tcp(CLIENT_PORT + 1, PORT).flags(TcpFlag.SYN));

        assertThat(BENCH.dataPath().connections())
                .filteredOn(connection -> connection.client().port() == CLIENT_PORT + 1)
                .extracting(connection -> connection.server().address().getHostAddress())
                .containsExactly(server);
    }

    @Test
    void sloppyTcpBeginsWithAnythingButAReset() {
        given(SLOPPY_TCP, "0");
        BENCH.send(segment(TcpFlag.ACK)).isUntouched();

        BENCH.dataPath().use(Sysctls.DEFAULTS.with(SLOPPY_TCP, "1"));

        BENCH.send(segment(TcpFlag.RST)).isUntouched();
        send(TcpFlag.ACK);
        assertThat(BENCH.states()).containsExactly("ESTABLISHED");
    }

    @Test
    void dropPacketDropsWhatWouldBeginAConnection() {
        given(DROP_PACKET, "0");
        send(TcpFlag.SYN);

        BENCH.dataPath().use(Sysctls.DEFAULTS.with(DROP_PACKET, "3").with(AM_DROPRATE, "1"));
        BENCH.send(Conversation.TCP4.fromClient().tcp(CLIENT_PORT + 1, PORT).flags(TcpFlag.SYN));
        send(TcpFlag.ACK);

        assertThat(BENCH.drops("defended")).isOne();
        assertThat(BENCH.states()).containsExactly("ESTABLISHED");
    }

    @Test
    void secureTcpCallsAHandshakeThatIsSeenOneWaySynack() {
        given(SECURE_TCP, "3");
        send(TcpFlag.SYN);
        assertThat(BENCH.states()).containsExactly("SYNACK");

        send(TcpFlag.SYN);
        assertThat(BENCH.states()).containsExactly("SYNACK");
        send(TcpFlag.ACK);
        assertThat(BENCH.states()).containsExactly("ESTABLISHED");
    }

    @Test
    void dropEntryDropsSomeOfThoseThatAreHalfOpen() {
        given(DROP_ENTRY, "3");
        for (int port = 1; port <= 200; port++) {
            BENCH.send(Conversation.TCP4.fromClient().tcp(port + 1024, PORT).flags(TcpFlag.SYN));
        }
        send(TcpFlag.SYN);
        send(TcpFlag.ACK);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(BENCH.states()).hasSizeLessThan(201));

        assertThat(BENCH.states()).contains("ESTABLISHED");
    }

    private static void given(Sysctl sysctl, String value) {
        BENCH.dataPath().use(Sysctls.DEFAULTS.with(sysctl, value));
        apply(service(false), server(SERVER, 1));
    }

    private static void apply(VirtualService service, RealServer... servers) {
        BENCH.apply(ProgramBench.entry(service, servers));
    }

    private static VirtualService service(boolean persistent) {
        return new VirtualService(
                WEB, "rr", Set.of(), persistent ? Persistence.of(60, WEB.family()) : null, false, ProxyProtocol.NONE);
    }

    private static RealServer server(Endpoint endpoint, int weight) {
        return RealServer.of(endpoint, "pass", weight);
    }

    private static Packet segment(TcpFlag... flags) {
        return Conversation.TCP4.fromClient().tcp(CLIENT_PORT, PORT).flags(flags);
    }

    private static void send(TcpFlag... flags) {
        assertThat(BENCH.send(segment(flags)).verdict()).isEqualTo(TO_MODE);
    }

    private static long connections() {
        return BENCH.dataPath().traffic().of(new ServerId(WEB, SERVER)).connections();
    }
}
