package io.jlvs.engine.ipvsadm;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Command;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.VirtualService;
import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Statistics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripTest {

    private static final List<String> COMMANDS = List.of(
            "-A -t 192.0.2.10:80",
            "-A -f 7",
            "-A -u [2001:db8::1]:53",
            "-E -t 192.0.2.10:80",
            "-a -t 192.0.2.10:80 -r 192.0.2.11",
            "-a -t 192.0.2.10:80 -r 2001:db8::2",
            "-e -t 192.0.2.10:80 -r 192.0.2.11",
            "-d -t 192.0.2.10:80 -r 192.0.2.11",
            "-A",
            "-E",
            "-D",
            "-C",
            "-a",
            "-e",
            "-d",
            "-Ln",
            "-L",
            "-Z",
            "-S",
            "-Sn",
            "-R",
            "-h",
            "-v",
            "--set",
            "--start-daemon master",
            "--stop-daemon");

    /** Words that belong together; the last ones make no sense anywhere. */
    private static final List<String> OPTIONS = List.of(
            "-t 192.0.2.10",
            "-t 0xa000001:http",
            "-u [2001:db8::1]:80",
            "-t [::ffff:192.0.2.10]:80",
            "--sctp-service vip.example:0",
            "-f 7",
            "-f 4294967295",
            "-6",
            "-r 192.0.2.11",
            "-r rs1.example:http",
            "-r [2001:db8::2]:0",
            "-s sh",
            "-s mh",
            "-s ",
            "-s a-name-longer-than-15",
            "-p",
            "-p 2678400",
            "-M 24",
            "-M 128",
            "-M 255.0.255.0",
            "-o",
            "-b sh-port,flag-3",
            "--pe sip",
            "--pe ",
            "-g",
            "-i",
            "-m",
            "-w 0",
            "-w 2147483648",
            "-x 5",
            "-y 6",
            "--tun-type gue",
            "--tun-type gre",
            "--tun-port 6080",
            "--tun-csum",
            "--tun-remcsum",
            "-c",
            "--stats",
            "--thresholds",
            "--tun-info",
            "--nosort",
            "-X",
            "--timeout",
            "--daemon",
            "--syncid 255",
            "--mcast-group ff02::1",
            "1 2 3",
            "-",
            "--",
            "--=",
            "-=",
            "");

    @Property(tries = 300)
    void restoresWhatItSaved(@ForAll("configurations") List<ServiceEntry> configuration) {
        var original = new Director();
        original.make(configuration);
        var copy = new Director();

        var saved = original.run(List.of("-S", "-n"), "");
        var restored = copy.run(List.of("-R"), saved.stdout());

        assertThat(restored).isEqualTo(new Output(0, "", ""));
        assertThat(copy.state()).isEqualTo(withoutThresholds(configuration));
    }

    @Property(tries = 1000)
    void answersAnyWordsAndAnyRules(
            @ForAll("lines") String first, @ForAll("lines") String second, @ForAll("lines") String line) {
        var director = new Director();

        var restored = director.run(List.of("-R"), first + "\n" + second + "\n");
        var answer = director.run(List.of(line.split(" ", -1)), "-Ln\n" + second);

        assertThat(restored.exit()).isIn(0, 1, 2, 255);
        assertThat(answer.exit()).isIn(0, 1, 2, 255);
    }

    @Provide
    Arbitrary<String> lines() {
        return Combinators.combine(
                        Arbitraries.of(COMMANDS), Arbitraries.of(OPTIONS).list().ofMaxSize(5))
                .as((command, options) -> command + " " + String.join(" ", options));
    }

    @Provide
    Arbitrary<List<ServiceEntry>> configurations() {
        return Rulesets.entries().list().ofMaxSize(6).uniqueElements(ServiceEntry::key);
    }

    /** By service, with the servers in any order: a restore makes them in the order of the listing. */
    private static Map<VirtualService, Set<Object>> withoutThresholds(List<ServiceEntry> entries) {
        return entries.stream()
                .collect(toMap(
                        ServiceEntry::service,
                        entry -> new HashSet<>(entry.servers().stream()
                                .map(Rulesets::withoutThresholds)
                                .toList())));
    }

    /** An engine's insides. */
    private static final class Director {

        private final FakeDataPath dataPath = new FakeDataPath();
        private final Registry registry =
                new Registry(dataPath, (_, _, _) -> Map.of(), new MemoryStore(), _ -> {}, new FakeClock());
        private final Ipvsadm ipvsadm =
                new Ipvsadm(registry, dataPath, new Statistics(dataPath), new RecordedNames(), StandIns.INTERFACES);

        Director() {
            registry.extensionsChanged(StandIns.all());
        }

        void make(List<ServiceEntry> entries) {
            for (var entry : entries) {
                registry.execute(new Command.AddService(entry.service()));
                entry.servers().forEach(server -> registry.execute(new Command.AddServer(entry.key(), server)));
            }
        }

        Output run(List<String> words, String stdin) {
            return ipvsadm.run(words, stdin, "a test");
        }

        Map<VirtualService, Set<Object>> state() {
            return withoutThresholds(registry.current().services());
        }
    }
}
