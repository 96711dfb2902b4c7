package io.jlvs.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator sees: {@code ipvsadm}, three nginx servers, and who answers. */
class BalancingTest {

    private static NginxServers servers;
    private static RunningEngine engine;
    private final String service = "127.0.0.1:" + Sandbox.freePort();

    @BeforeAll
    static void start() {
        servers = NginxServers.start(3);
        engine = RunningEngine.start();
    }

    @AfterAll
    static void stop() {
        try {
            engine.close();
        } finally {
            servers.close();
        }
    }

    @BeforeEach
    void addServers() {
        engine.ipvsadm("-A", "-t", service, "-s", "rr");
        servers.names().forEach(name -> engine.ipvsadm("-a", "-t", service, "-r", servers.address(name), "-m"));
    }

    @AfterEach
    void clear() {
        engine.ipvsadm("-C");
    }

    @Test
    void takesServersInTurn() {
        var answers = Client.ask(service, 9);

        assertThat(answers.subList(0, 3)).containsExactlyInAnyOrder("s1", "s2", "s3");
        assertThat(answers.subList(3, 9)).isEqualTo(twice(answers.subList(0, 3)));
    }

    @Test
    void givesServersExactlyTheirWeight() {
        engine.ipvsadm("-E", "-t", service, "-s", "wrr");
        weigh("s1", 3);
        weigh("s2", 2);
        weigh("s3", 1);

        assertThat(counts(Client.ask(service, 60))).isEqualTo(Map.of("s1", 30L, "s2", 20L, "s3", 10L));
    }

    @Test
    void keepsClientsOnTheirServerByConsistentHashing() {
        engine.ipvsadm("-E", "-t", service, "-s", "mh");
        var before = serverOfEachClient();

        assertThat(serverOfEachClient()).isEqualTo(before);
        assertThat(before.values()).as("clients are spread").contains("s1", "s2", "s3");

        engine.ipvsadm("-d", "-t", service, "-r", servers.address("s2"));
        var after = serverOfEachClient();

        assertThat(after.values()).doesNotContain("s2");
        assertThat(before.entrySet())
                .filteredOn(entry -> !entry.getValue().equals("s2"))
                .filteredOn(entry -> !entry.getValue().equals(after.get(entry.getKey())))
                .as("clients of other servers that moved")
                .hasSizeLessThanOrEqualTo(before.size() / 5); // a hash without memory moves two in three
    }

    @Test
    void losesNoRequestWhenServerDies() {
        try (var mortal = NginxServers.start(1)) {
            engine.ipvsadm("-a", "-t", service, "-r", mortal.address("s1"), "-m");
            Client.ask(service, 8);
            mortal.kill("s1");

            assertThat(Client.ask(service, 40)).hasSize(40).contains("s1", "s2", "s3");
        }
    }

    @Test
    void sendsNothingToServerOfWeightZero() {
        weigh("s2", 0);

        assertThat(Client.ask(service, 30)).hasSize(30).doesNotContain("s2");

        weigh("s2", 1);

        assertThat(Client.ask(service, 3)).contains("s2");
    }

    @Test
    void restoresWhatItSaved() {
        weigh("s3", 7);
        engine.ipvsadm("-A", "-u", service, "-s", "wrr", "-p", "120");
        var saved = engine.ipvsadm("-S", "-n");

        engine.ipvsadm("-C");
        assertThat(engine.ipvsadm("-S", "-n")).isEmpty();

        assertThat(engine.ipvsadmWithInput(saved, "-R").successful()).isEmpty();
        assertThat(sortedLines(engine.ipvsadm("-S", "-n"))).isEqualTo(sortedLines(saved));
        assertThat(Client.ask(service, 3)).containsExactlyInAnyOrder("s1", "s2", "s3");
    }

    @Test
    void keepsItsStateWhenKilled() {
        weigh("s3", 5);
        var before = engine.ipvsadm("-S", "-n");

        engine.kill();
        engine.startAgain();

        assertThat(engine.ipvsadm("-S", "-n")).isEqualTo(before);
        assertThat(Client.ask(service, 3)).containsExactlyInAnyOrder("s1", "s2", "s3");
    }

    @Test
    void keepsItsStateWhenStopped() {
        var before = engine.ipvsadm("-S", "-n");

        engine.stop();
        engine.startAgain();

        assertThat(engine.ipvsadm("-S", "-n")).isEqualTo(before);
        assertThat(Client.ask(service, 3)).containsExactlyInAnyOrder("s1", "s2", "s3");
    }

    @Test
    void countsConnections() {
        Client.ask(service, 30);

        assertThat(engine.ipvsadm("-L", "-n", "--stats", "-t", service))
                .containsPattern("TCP +" + service + " +30 ")
                .containsPattern("-> " + servers.address("s1") + " +10 ");
        assertThat(engine.metrics().lines())
                .filteredOn(line -> line.startsWith("jlvs_server_connections_total{") && line.contains(service))
                .hasSize(3)
                .allMatch(line -> line.endsWith(" 10.0") || line.endsWith(" 10"));
    }

    private void weigh(String server, int weight) {
        engine.ipvsadm("-e", "-t", service, "-r", servers.address(server), "-m", "-w", Integer.toString(weight));
    }

    private Map<String, String> serverOfEachClient() {
        return IntStream.rangeClosed(1, 40)
                .mapToObj(i -> "127.0.1." + i)
                .collect(toMap(client -> client, client -> Client.askFrom(client, service)));
    }

    private static List<String> twice(List<String> list) {
        var twice = new ArrayList<>(list);
        twice.addAll(list);
        return twice;
    }

    private static Map<String, Long> counts(List<String> answers) {
        return answers.stream().collect(groupingBy(answer -> answer, counting()));
    }

    private static List<String> sortedLines(String text) {
        return text.lines().sorted().toList();
    }
}
