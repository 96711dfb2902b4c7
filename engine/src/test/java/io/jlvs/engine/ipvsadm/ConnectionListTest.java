package io.jlvs.engine.ipvsadm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.Timeouts;
import io.jlvs.api.datapath.TrackedConnection;
import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Statistics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the connection table of a data path looks like: the lines are those of a kernel with IPVS. */
class ConnectionListTest {

    private final FakeDataPath dataPath = new FakeDataPath();
    private final Registry registry =
            new Registry(dataPath, (_, _, _) -> Map.of(), new MemoryStore(), _ -> {}, new FakeClock());
    private final Ipvsadm ipvsadm =
            new Ipvsadm(registry, dataPath, new Statistics(dataPath), new RecordedNames(), StandIns.INTERFACES);

    @Test
    void listsConnectionsAndTemplates() {
        given(
                connection(Protocol.TCP, "ASSURED", "10.1.0.1:0", "10.0.0.100:80", "10.2.0.12:80", 59),
                connection(Protocol.TCP, "ESTABLISHED", "10.1.0.1:44001", "10.0.0.100:80", "10.2.0.12:80", 899),
                connection(Protocol.TCP, "ASSURED", "10.1.0.1:0", "10.0.0.100:65535", "10.2.0.12:65535", 59),
                connection(Protocol.UDP, "UDP", "10.0.0.2:45001", "10.0.0.100:53", "10.2.0.12:53", 272),
                connection(null, "NONE", "10.1.4.1:0", "0.0.0.7:0", "10.2.0.12:0", 12000),
                connection(Protocol.SCTP, "CLOSED", "10.0.0.2:46001", "10.0.0.100:80", "10.2.0.11:80", 0));

        assertThat(run("-Lnc")).isEqualTo("""
                IPVS connection entries
                pro expire state       source             virtual            destination
                TCP 00:59  ASSURED     10.1.0.1:0         10.0.0.100:80      10.2.0.12:80
                TCP 14:59  ESTABLISHED 10.1.0.1:44001     10.0.0.100:80      10.2.0.12:80
                TCP 00:59  ASSURED     10.1.0.1:0         10.0.0.100:65535   10.2.0.12:65535
                UDP 04:32  UDP         10.0.0.2:45001     10.0.0.100:53      10.2.0.12:53
                IP  200:00 NONE        10.1.4.1:0         0.0.0.7:0          10.2.0.12:0
                SCTP 00:00  CLOSED      10.0.0.2:46001     10.0.0.100:80      10.2.0.11:80
                """);
    }

    @Test
    void hasAHeadingForWhatPersistenceEnginesKnow() {
        given(connection(Protocol.TCP, "ASSURED", "10.1.0.1:0", "10.0.0.100:80", "10.2.0.12:80", 59));

        assertThat(run("-Lnc", "--persistent-conn")).isEqualTo("""
                IPVS connection entries
                pro expire state       source             virtual            destination        pe name          pe_data
                TCP 00:59  ASSURED     10.1.0.1:0         10.0.0.100:80      10.2.0.12:80
                """);
    }

    @Test
    void namesPortsUnlessNumbersAreAskedFor() {
        given(connection(
                Protocol.TCP, "ESTABLISHED", "[2001:db8::1]:44001", "[2001:db8::64]:80", "[2001:db8::b]:80", 899));

        assertThat(run("-Lc"))
                .contains("TCP 14:59  ESTABLISHED [2001:db8::1]:44001 [2001:db8::64]:http [2001:db8::b]:http\n");
    }

    @Test
    void countsTheTemplatesOfEachServer() {
        registry.extensionsChanged(StandIns.all());
        run("-A", "-t", "10.0.0.100:80", "-s", "rr", "-p");
        run("-a", "-t", "10.0.0.100:80", "-r", "10.2.0.12:80", "-m");
        var server = new ServerId(ServiceKey.tcp("10.0.0.100", 80), Endpoint.of("10.2.0.12", 80));
        dataPath.setLoad(server, 3, 2);
        dataPath.setPersistent(server, 7);

        assertThat(run("-Ln", "--persistent-conn"))
                .contains("  -> 10.2.0.12:80                 1         7           3          2         \n");
    }

    @Test
    void handsTimeoutsToTheDataPath() {
        run("--set", "20", "0", "10");

        assertThat(dataPath.timeouts())
                .isEqualTo(new Timeouts(Duration.ofSeconds(20), Duration.ofMinutes(2), Duration.ofSeconds(10)));
        assertThat(run("-L", "--timeout")).isEqualTo("Timeout (tcp tcpfin udp): 20 120 10\n");
    }

    @Test
    void showsTheTimeoutsThatTheDataPathHasKept() {
        dataPath.use(new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(6), Duration.ofSeconds(10)));

        var next = new Ipvsadm(registry, dataPath, new Statistics(dataPath), new RecordedNames(), StandIns.INTERFACES);

        assertThat(next.run(List.of("-L", "--timeout"), "", "a test").stdout())
                .isEqualTo("Timeout (tcp tcpfin udp): 20 6 10\n");
    }

    private void given(TrackedConnection... connections) {
        dataPath.setConnections(List.of(connections));
    }

    private String run(String... words) {
        var output = ipvsadm.run(List.of(words), "", "a test");
        assertThat(output.stderr()).isEmpty();
        return output.stdout();
    }

    private static TrackedConnection connection(
            @Nullable Protocol protocol, String state, String client, String virtual, String server, int seconds) {
        return new TrackedConnection(
                protocol,
                state,
                Endpoint.parse(client),
                Endpoint.parse(virtual),
                Endpoint.parse(server),
                Duration.ofSeconds(seconds));
    }
}
