package io.jlvs.engine.ipvsadm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Statistics;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The order of a listing follows from the order in which the kernel has things, since that of numbers far apart is not
 * transitive. Here they are made in the kernel's order; the original's listing of it was recorded.
 */
class ListOrderTest {

    /**
     * A listing of the original.
     *
     * @param kernel with {@code --nosort}
     */
    record Orders(String kernel, String listed) {}

    private final FakeDataPath dataPath = new FakeDataPath();
    private final Registry registry =
            new Registry(dataPath, (_, _, _) -> Map.of(), new MemoryStore(), _ -> {}, new FakeClock());
    private final Ipvsadm ipvsadm =
            new Ipvsadm(registry, dataPath, new Statistics(dataPath), new RecordedNames(), StandIns.INTERFACES);

    static Stream<Orders> orders() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/ipvsadm-orders.jsonl")).stream()
                .map(JsonObject::new)
                .map(json -> new Orders(json.getString("kernel"), json.getString("listed")));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void listsWhatTheKernelHasInTheOrderOfTheOriginal(Orders orders) {
        registry.extensionsChanged(StandIns.all());

        make(orders.kernel());

        assertThat(run("-Ln", "--nosort")).isEqualTo(orders.kernel());
        assertThat(run("-Ln")).isEqualTo(orders.listed());
    }

    /** Services in the order of the lines, the servers of each from the last one on. */
    private void make(String listing) {
        var service = List.<String>of();
        var servers = new ArrayList<List<String>>();
        for (var line : listing.lines().skip(3).toList()) {
            var fields = List.of(line.strip().split(" +"));
            if (fields.getFirst().equals("->")) {
                servers.addFirst(add("-a", service, "-r", fields.get(1), "-i"));
                continue;
            }
            servers.forEach(this::run);
            servers.clear();
            service = selector(fields);
            run(add("-A", service));
        }
        servers.forEach(this::run);
    }

    private static List<String> selector(List<String> fields) {
        return switch (fields.getFirst()) {
            case "TCP" -> List.of("-t", fields.get(1));
            case "UDP" -> List.of("-u", fields.get(1));
            case "SCTP" -> List.of("--sctp-service", fields.get(1));
            default -> {
                var mark = Integer.toUnsignedString(Integer.parseInt(fields.get(1)));
                yield fields.contains("IPv6") ? List.of("-f", mark, "-6") : List.of("-f", mark);
            }
        };
    }

    private static List<String> add(String command, List<String> service, String... more) {
        var words = new ArrayList<String>();
        words.add(command);
        words.addAll(service);
        words.addAll(List.of(more));
        return words;
    }

    private String run(String... words) {
        return run(List.of(words));
    }

    private String run(List<String> words) {
        var output = ipvsadm.run(words, "", "a test");
        assertThat(output.stderr()).isEmpty();
        return output.stdout();
    }
}
