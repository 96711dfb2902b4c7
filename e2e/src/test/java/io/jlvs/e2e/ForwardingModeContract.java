package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Director;
import io.jlvs.e2e.lab.Family;
import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.Payload;
import io.jlvs.e2e.lab.Server;
import io.jlvs.e2e.lab.Topology;
import io.jlvs.e2e.lab.Visitor;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every forwarding mode of the kernel owes to clients and operators, over IPv4 and IPv6. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ForwardingModeContract {

    private static final int MEBIBYTES = 1024;

    private final String flag;
    private Director director;
    protected Topology topology;
    protected Visitor visitor;

    /** @param flag how {@code ipvsadm} is told of the mode: {@code -m}, {@code -g}, {@code -i} */
    ForwardingModeContract(String flag) {
        this.flag = flag;
    }

    /** Builds the topology that the mode is made for, with its servers ready; no engine runs yet. */
    protected abstract Topology build();

    @BeforeAll
    void start() {
        Lab.assumePossible();
        topology = build();
        director = Director.start(topology);
        visitor = new Visitor(topology.client());
    }

    @AfterAll
    void stop() {
        if (topology != null) {
            topology.close();
        }
    }

    @AfterEach
    void clear() {
        director.ipvsadm("-C");
    }

    @ParameterizedTest
    @EnumSource
    void takesServersInTurn(Family family) {
        balance("-t", family, 80);

        inTurn(visitor.who(Topology.vip(family), 9));
    }

    @ParameterizedTest
    @EnumSource
    void takesServersInTurnForDatagrams(Family family) {
        balance("-u", family, 53);

        inTurn(visitor.dns(Topology.vip(family), 9));
    }

    @ParameterizedTest
    @EnumSource
    void carriesOneGibibyteEachWay(Family family) {
        balance("-t", family, 80);
        var payload = Payload.of(topology.lab(), "payload-" + family, MEBIBYTES);

        assertThat(visitor.download(Topology.vip(family), payload.name())).isEqualTo(payload.sha256());

        visitor.upload(Topology.vip(family), payload.file(), payload.name());
        assertThat(topology.servers())
                .map(server -> server.upload(payload.name()))
                .filteredOn(file -> file.toFile().exists())
                .singleElement()
                .extracting(Payload::sha256)
                .isEqualTo(payload.sha256());
    }

    @ParameterizedTest
    @EnumSource
    void countsConnectionsAndListsThem(Family family) {
        var service = balance("-t", family, 80);

        visitor.who(Topology.vip(family), 6);

        await("the connections are counted")
                .untilAsserted(() -> assertThat(director.ipvsadm("-Ln", "--stats", "-t", service))
                        .containsPattern("TCP +" + quoted(service) + " +6 ")
                        .containsPattern("-> " + quoted(address(first(), family, 80)) + " +2 "));
        assertThat(director.ipvsadm("-Lnc").lines())
                .filteredOn(line -> line.contains(" " + service + " "))
                .hasSize(6)
                .filteredOn(line -> line.endsWith(address(first(), family, 80)))
                .hasSize(2);
    }

    /** Makes a service of all servers at a virtual address; its address and port. */
    private String balance(String protocol, Family family, int port) {
        return balance(protocol, family, port, topology.servers());
    }

    /** Makes a web service of the first server alone. */
    protected final void balanceFirst(Family family) {
        balance("-t", family, 80, List.of(first()));
    }

    private String balance(String protocol, Family family, int port, List<Server> servers) {
        var service = Family.authority(Topology.vip(family), port);
        director.balance(
                protocol,
                service,
                flag,
                servers.stream().map(server -> address(server, family, port)).toList());
        return service;
    }

    /** Asks the first server once and looks where the answer comes from and what the director has seen of it. */
    protected final void answersBypassTheDirectorOf(Family family) {
        balanceFirst(family);
        try (var atClient = topology.client().capture("eth0", "tcp src port 80");
                var atDirector = topology.director().capture("eth0", "tcp or ip proto 4 or ip6 proto 41")) {
            visitor.who(Topology.vip(family), 1);

            var answer = atClient.await("Flags \\[S\\.\\]");
            atDirector.await("Flags \\[F");

            assertThat(answer.sourceMac()).isEqualTo(first().host().mac("eth0"));
            assertThat(answer.text()).contains(Topology.vip(family) + ".80 > ");
            assertThat(atDirector.packets())
                    .noneMatch(packet -> packet.text().contains(Topology.vip(family) + ".80 > "));
        }
    }

    protected final Server first() {
        return topology.servers().getFirst();
    }

    private static String address(Server server, Family family, int port) {
        return Family.authority(server.address(family), port);
    }

    private static void inTurn(List<String> answers) {
        var first = answers.subList(0, 3);
        assertThat(first).containsExactlyInAnyOrder("s1", "s2", "s3");
        assertThat(answers)
                .isEqualTo(IntStream.range(0, answers.size())
                        .mapToObj(i -> first.get(i % 3))
                        .toList());
    }

    private static String quoted(String text) {
        return Pattern.quote(text);
    }
}
