package io.jlvs.engine.ipvsadm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPathException;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Offers;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Statistics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the recordings can't show: saving, figures, and the director's own refusals. */
class IpvsadmTest {

    private static final ServiceKey WEB = ServiceKey.tcp("192.0.2.10", 80);
    private static final Endpoint SERVER = Endpoint.of("192.0.2.11", 8080);

    private final FakeDataPath dataPath = new FakeDataPath();
    private final MemoryStore store = new MemoryStore();
    private final Registry registry = new Registry(dataPath, (_, _, _) -> Map.of(), store, _ -> {}, new FakeClock());
    private final Ipvsadm ipvsadm =
            new Ipvsadm(registry, dataPath, new Statistics(dataPath), new RecordedNames(), StandIns.INTERFACES);

    @BeforeEach
    void offer() {
        registry.extensionsChanged(StandIns.all());
    }

    @Test
    void tellsThatAChangeIsInEffectButNotSaved() {
        store.fail();

        var output = run("-A -t 192.0.2.10:80");

        assertThat(output).isEqualTo(new Output(255, "", "the disk is full\n"));
        assertThat(registry.current().find(WEB)).isPresent();
    }

    @Test
    void awaitsTheLinesBeforeTheOneThatEndsARestore() {
        store.fail();

        var output = restore("-A -t 192.0.2.10:80\n-A -t nonsense:80\n-A -t 192.0.2.10:81\n");

        assertThat(output)
                .isEqualTo(new Output(255, "", "illegal virtual server address[:port] specified\nthe disk is full\n"));
        assertThat(registry.current().services()).hasSize(1);
    }

    @Test
    void doesNotAskTheDiskWhenItChangesNothing() {
        store.fail();

        assertThat(run("-Ln").exit()).isZero();
        assertThat(run("-Z").exit()).isZero();
    }

    @Test
    void goesOnWithARestoreWhenTheDirectorRefusesALine() {
        var output = restore("-A -t 192.0.2.10:80\n-A -t 192.0.2.10:80\n\n  ipvsadm -A -u 192.0.2.10:53\n");

        assertThat(output).isEqualTo(new Output(0, "", "Service already exists\n"));
        assertThat(registry.current().services()).hasSize(2);
    }

    @Test
    void endsARestoreWithHelp() {
        var output = restore("-A -t 192.0.2.10:80\n-h\n-A -t 192.0.2.10:81\n");

        assertThat(output).isEqualTo(new Output(0, Usage.HELP, ""));
        assertThat(registry.current().services()).hasSize(1);
    }

    @Test
    void restoresAllRulesInOneGo() {
        restore("-A -t 192.0.2.10:80\n-a -t 192.0.2.10:80 -r 192.0.2.11:80 -m\n-A -u 192.0.2.10:53\n");

        assertThat(registry.current().version()).isEqualTo(3);
        assertThat(dataPath.tables()).hasSize(1);
    }

    @Test
    void restoresTheRulesThatTheDataPathTakesAlone() {
        dataPath.failWith(
                new DataPathException("192.0.2.10:80: in use", new IllegalStateException()),
                table -> table.services().stream().anyMatch(entry -> entry.key().equals(WEB)));

        var output = restore("-A -t 192.0.2.10:80\n-A -t 192.0.2.10:81\n-A -t 192.0.2.10:82\n");

        assertThat(output).isEqualTo(new Output(0, "", "192.0.2.10:80: in use\n"));
        assertThat(registry.current().services())
                .extracting(ServiceEntry::key)
                .containsExactly(ServiceKey.tcp("192.0.2.10", 81), ServiceKey.tcp("192.0.2.10", 82));
    }

    @Test
    void deletesAServiceBeforeARestoreAddsItAgain() {
        restore("-A -t 192.0.2.10:80\n-D -t 192.0.2.10:80\n-A -t 192.0.2.10:80\n");

        assertThat(dataPath.tables())
                .extracting(table -> table.services().size())
                .containsExactly(1, 0, 1);
    }

    @Test
    void saysWhichDataPathHasTheMode() {
        registry.extensionsChanged(Offers.usual());
        run("-A -t 192.0.2.10:80 -s rr");

        var output = run("-a -t 192.0.2.10:80 -r 192.0.2.11");

        assertThat(output.exit()).isEqualTo(255);
        assertThat(output.stderr()).contains("mode dr", "needs the data path 'ebpf'");
    }

    @Test
    void saysWhyTheDataPathDoesNotTakeAChange() {
        dataPath.failWith(
                new DataPathException("192.0.2.10:80: not an address of this host", new IllegalStateException()));

        assertThat(run("-A -t 192.0.2.10:80"))
                .isEqualTo(new Output(255, "", "192.0.2.10:80: not an address of this host\n"));
        assertThat(registry.current().services()).isEmpty();
    }

    @Test
    void knowsNoSchedulerOfBlanks() {
        var output = ipvsadm.run(List.of("-A", "-t", "192.0.2.10:80", "-s", " "), "", "a test");

        assertThat(output).isEqualTo(new Output(255, "", "Scheduler or persistence engine not found\n"));
    }

    @Test
    void printsTheVersionThatScriptsLookFor() {
        assertThat(run("-v")).isEqualTo(new Output(0, "ipvsadm v1.31 (JLVS 0.1.0, IPVS v1.2.1)\n", ""));
    }

    @Test
    void showsCountersInColumnsAndShortensLongOnes() {
        addWebWithServer();
        dataPath.setTraffic(WEB, new Traffic(21, 99_999_999, 100_000_000, 864_197_999, 691_999_999_999L));
        dataPath.setTraffic(new ServerId(WEB, SERVER), new Traffic(6, 2468, 1998, 1_000_000_000, 100_000_000_000_000L));

        assertThat(run("-Ln --stats -t 192.0.2.10:80").stdout()).endsWith("""
                TCP  192.0.2.10:80                      21 99999999  100000K  864197K     691G
                  -> 192.0.2.11:8080                     6     2468     1998    1000M     100T
                """);
    }

    @Test
    void showsAllDigitsWhenAskedTo() {
        addWebWithServer();
        dataPath.setTraffic(WEB, new Traffic(21, 99_999_999, 100_000_000, 864_197_999, 0));

        assertThat(run("-Ln --stats --exact").stdout())
                .contains("TCP  192.0.2.10:80                      21 99999999 100000000 864197999        0\n");
    }

    @Test
    void showsWhatAServerHasToDoNow() {
        addWebWithServer();
        dataPath.setLoad(new ServerId(WEB, SERVER), 3, 13);

        assertThat(run("-Ln").stdout())
                .endsWith("  -> 192.0.2.11:8080              Masq    1      3          13        \n");
    }

    @Test
    void namesAModeOfItsOwnInSevenCharacters() {
        registry.extensionsChanged(StandIns.with("proxying"));
        run("-A -t 192.0.2.10:80");

        assertThat(run("-a -t 192.0.2.10:80 -r 192.0.2.11:8080 --mode proxying").exit())
                .isZero();

        assertThat(run("-Ln").stdout()).contains("  -> 192.0.2.11:8080              proxyin 1 ");
        assertThat(run("-Sn").stdout()).endsWith("-a -t 192.0.2.10:80 -r 192.0.2.11:8080 --mode proxying -w 1\n");
        assertThat(run("-a -t 192.0.2.10:80 -r 192.0.2.12:80 -m --mode proxying")
                        .stderr())
                .contains("multiple 'forwarding-method' options specified");
    }

    private void addWebWithServer() {
        run("-A -t 192.0.2.10:80");
        run("-a -t 192.0.2.10:80 -r 192.0.2.11:8080 -m");
    }

    private Output run(String line) {
        return ipvsadm.run(List.of(line.split(" ")), "", "a test");
    }

    private Output restore(String rules) {
        return ipvsadm.run(List.of("-R"), rules, "a test");
    }
}
