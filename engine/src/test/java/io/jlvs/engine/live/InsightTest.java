package io.jlvs.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.TrackedConnection;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.ConnectionScheduled.How;
import io.jlvs.api.json.CommandJson;
import io.jlvs.api.json.ModelJson;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.plugin.Offer;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Offers;
import io.jlvs.engine.registry.Registry;
import io.jlvs.scheduler.hash.DestinationHash;
import io.jlvs.scheduler.hash.MaglevHash;
import io.jlvs.scheduler.leastconnection.WeightedLeastConnection;
import io.jlvs.scheduler.overflow.WeightedFailover;
import io.jlvs.scheduler.roundrobin.WeightedRoundRobin;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Why a client went where it went, and what a change would do, with the real schedulers. */
class InsightTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final Endpoint A = Endpoint.of("10.0.1.1", 80);
    private static final Endpoint B = Endpoint.of("10.0.1.2", 80);
    private static final Endpoint C = Endpoint.of("10.0.1.3", 80);
    private static final Endpoint CLIENT = Endpoint.of("192.0.2.7", 40000);

    private final FakeDataPath dataPath = new FakeDataPath(DataPathKind.EBPF);
    private final Registry registry =
            new Registry(dataPath, (_, _, _) -> Map.of(), new MemoryStore(), _ -> {}, new FakeClock());
    private final Picks picks = new Picks();
    private final Insight insight = new Insight(registry, dataPath, picks);

    private static Extensions real() {
        var schedulers = Stream.of(
                        new DestinationHash(),
                        new MaglevHash(),
                        new WeightedFailover(),
                        new WeightedLeastConnection(),
                        new WeightedRoundRobin())
                .collect(Collectors.toMap(
                        Scheduler::name, scheduler -> new Offer<Scheduler>("x.jar", scheduler.name(), scheduler)));
        return new Extensions(schedulers, Offers.usual().modes());
    }

    private void given(String scheduler) {
        registry.extensionsChanged(real());
        registry.restore();
        registry.execute(new Command.AddService(VirtualService.of(WEB, scheduler)));
        for (var endpoint : List.of(A, B, C)) {
            registry.execute(new Command.AddServer(WEB, RealServer.of(endpoint, "nat", 1)));
            dataPath.setLoad(new ServerId(WEB, endpoint), 10, 5);
        }
    }

    private JsonObject preview(Command command) {
        return insight.preview(JsonObject.of(
                "address", CommandJson.address(command).address(), "payload", CommandJson.payload(command)));
    }

    private JsonObject explain(Endpoint client) {
        return insight.explain(JsonObject.of(
                "service", ModelJson.toJson(WEB), "client", client.address().getHostAddress(), "port", client.port()));
    }

    private static TrackedConnection connection(Endpoint client, Endpoint server) {
        return new TrackedConnection(
                Protocol.TCP, "ESTABLISHED", client, Endpoint.of("10.0.0.100", 80), server, Duration.ofSeconds(90));
    }

    private static ConnectionScheduled scheduled(Endpoint server, How how) {
        var flow = new Flow(Protocol.TCP, CLIENT, Endpoint.of("10.0.0.100", 80));
        return new ConnectionScheduled(1_700_000_000_000L, 1, WEB, flow, server, "mh", how, 300);
    }

    @Test
    void removingAServerOfMaglevMovesItsClientsAndHardlyAnyOther() {
        given("mh");

        var preview = preview(new Command.DeleteServer(WEB, B));

        assertThat(preview.getBoolean("valid")).isTrue();
        assertThat(preview.getLong("connections")).isEqualTo(45);
        assertThat(preview.getLong("ended")).isEqualTo(15);
        assertThat(preview.getLong("kept")).isEqualTo(30);
        assertThat(preview.getDouble("newClientsMoved")).isBetween(0.28, 0.45);
    }

    @Test
    void shareThatMovesIsWhatTheWeightsSay() {
        given("wrr");

        assertThat(preview(new Command.DeleteServer(WEB, B)).getDouble("newClientsMoved"))
                .isCloseTo(1 / 3.0, offset(0.001));
        assertThat(preview(new Command.EditServer(WEB, RealServer.of(B, "nat", 2)))
                        .getDouble("newClientsMoved"))
                .isCloseTo(1 / 6.0, offset(0.001));
    }

    @Test
    void failoverMovesEveryClientWithItsHeaviestServerAndNoneWithAnother() {
        given("fo");
        registry.execute(new Command.EditServer(WEB, RealServer.of(B, "nat", 9)));

        assertThat(preview(new Command.DeleteServer(WEB, B)).getDouble("newClientsMoved"))
                .isEqualTo(1);
        assertThat(preview(new Command.DeleteServer(WEB, A)).getDouble("newClientsMoved"))
                .isZero();
    }

    @Test
    void samplesTheClientsOfAMarkInItsFamily() {
        given("wrr");
        var mark = new ServiceKey.FirewallMark(7, AddressFamily.IPV6);
        registry.execute(new Command.AddService(VirtualService.of(mark, "dh")));
        for (var address : List.of("2001:db8::1", "2001:db8::2")) {
            registry.execute(new Command.AddServer(mark, RealServer.of(Endpoint.of(address, 0), "nat", 1)));
        }

        var preview = preview(new Command.DeleteServer(mark, Endpoint.of("2001:db8::2", 0)));

        assertThat(preview.getDouble("newClientsMoved")).isBetween(0.3, 0.7);
    }

    @Test
    void quiescingEndsNothing() {
        given("wlc");

        var preview = preview(new Command.EditServer(WEB, RealServer.of(B, "nat", 0)));

        assertThat(preview.getLong("ended")).isZero();
        assertThat(preview.getDouble("newClientsMoved")).isPositive();
        assertThat(registry.current().find(WEB).orElseThrow().servers()).allMatch(server -> server.weight() == 1);
    }

    @Test
    void sayWhenNoServerWouldBeLeft() {
        given("wrr");
        registry.execute(new Command.DeleteServer(WEB, A));
        registry.execute(new Command.DeleteServer(WEB, B));

        assertThat(preview(new Command.DeleteServer(WEB, C)).getJsonArray("sentences"))
                .contains("No server is left that takes new connections: clients will be refused.");
        assertThat(preview(new Command.DeleteService(WEB)).getLong("ended")).isEqualTo(15);
    }

    @Test
    void whatWouldBeRefusedIsSaidSo() {
        given("wrr");

        var preview = preview(new Command.AddServer(WEB, RealServer.of(A, "nat", 1)));

        assertThat(preview.getBoolean("valid")).isFalse();
        assertThat(preview.getString("error")).contains("already");
    }

    @Test
    void connectionOfAHashSchedulerIsExplainedByTheClient() {
        given("mh");
        var server = Endpoint.parse(explain(CLIENT).getString("again"));
        dataPath.setConnections(List.of(connection(CLIENT, server), connection(Endpoint.of("192.0.2.8", 1), A)));
        picks.on(scheduled(server, How.SCHEDULER));

        var explanation = explain(CLIENT);

        assertThat(explanation.getString("server")).isEqualTo(server.toString());
        assertThat(explanation.getString("again")).isEqualTo(server.toString());
        assertThat(explanation.getString("how")).isEqualTo("scheduler");
        assertThat(explanation.getJsonArray("sentences").encode())
                .contains(
                        "192.0.2.7:40000 is connected to " + server,
                        "At 2023-11-14T22:13:20Z the scheduler mh picked " + server,
                        "mh hashes the client's address: that leads to " + server);
        assertThat(explanation.getJsonArray("candidates")).hasSize(3);
    }

    @Test
    void saysWhenPersistenceDecidedAndWhichServersTakeNobody() {
        given("wlc");
        registry.execute(new Command.EditServer(WEB, RealServer.of(B, "nat", 0)));
        picks.on(scheduled(B, How.PERSISTENCE));

        var explanation = explain(new Endpoint(CLIENT.address(), 0));

        assertThat(explanation.getString("server")).isEqualTo(B.toString());
        assertThat(explanation.getJsonArray("sentences").encode()).contains("within the persistence timeout");
        assertThat(explanation.getValue("again")).isNull();
        assertThat(explanation.getJsonArray("candidates"))
                .anySatisfy(candidate ->
                        assertThat(((JsonObject) candidate).getString("why")).isEqualTo("weight 0: quiesced"));
    }

    @Test
    void doesNotTellThePickOfAnotherConnection() {
        given("wlc");
        var earlier = Endpoint.of("192.0.2.7", 39999);
        dataPath.setConnections(List.of(connection(earlier, A), connection(CLIENT, B)));
        picks.on(scheduled(A, How.SCHEDULER)); // of the port of CLIENT, when it was another's

        assertThat(explain(CLIENT).getString("how")).isEqualTo("unknown");
        assertThat(explain(new Endpoint(CLIENT.address(), 0)).getString("how")).isEqualTo("unknown");
    }

    @Test
    void tellsWhereAPersistenceTemplateLeads() {
        given("wlc");
        dataPath.setConnections(List.of(connection(new Endpoint(CLIENT.address(), 0), C)));

        assertThat(explain(CLIENT).getJsonArray("sentences").encode())
                .contains("A persistence template leads it to 10.0.1.3:80 for another 90 s.");
    }

    @Test
    void destinationHashGoesByTheVirtualAddress() {
        given("dh");

        var one = explain(CLIENT);

        assertThat(one.getString("again"))
                .isNotNull()
                .isEqualTo(explain(Endpoint.of("198.51.100.9", 1)).getString("again"));
        assertThat(one.getJsonArray("sentences").encode()).contains("dh hashes the virtual address: that leads to");
    }

    @Test
    void doesNotGuessAPortThatIsHashed() {
        given("mh");
        registry.execute(new Command.EditService(
                new VirtualService(WEB, "mh", Set.of(SchedulerFlag.FLAG_2), null, false, ProxyProtocol.NONE)));

        var anyPort = explain(new Endpoint(CLIENT.address(), 0));

        assertThat(anyPort.getValue("again")).isNull();
        assertThat(anyPort.getJsonArray("sentences").encode())
                .contains("mh hashes the client's address and port: not all of it is given");
        assertThat(explain(CLIENT).getString("again")).isNotNull();
    }

    @Test
    void saysWhatItDoesNotKnow() {
        given("wlc");

        var explanation = explain(CLIENT);

        assertThat(explanation.getString("how")).isEqualTo("unknown");
        assertThat(explanation.getJsonArray("sentences").encode())
                .contains("no connection to this service now", "How it was picked is not known");
    }

    @Test
    void listsTheConnectionsOfAServiceOrOfOneClient() {
        given("wlc");
        var other = Endpoint.of("192.0.2.8", 1);
        dataPath.setConnections(List.of(
                connection(CLIENT, A),
                connection(other, B),
                new TrackedConnection(
                        Protocol.UDP, "UDP", CLIENT, Endpoint.of("10.0.0.100", 80), A, Duration.ofSeconds(9))));

        var all = insight.connections(JsonObject.of("service", ModelJson.toJson(WEB), "limit", 1));
        var one = insight.connections(JsonObject.of("service", ModelJson.toJson(WEB), "client", "192.0.2.8"));

        assertThat(all.getInteger("total")).isEqualTo(2);
        assertThat(all.getJsonArray("connections")).hasSize(1);
        assertThat(one.getJsonArray("connections").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("client", "192.0.2.8:1")
                        .put("virtual", "10.0.0.100:80")
                        .put("server", B.toString())
                        .put("state", "ESTABLISHED")
                        .put("expiresSeconds", 90L)
                        .put("template", false));
    }

    @Test
    void refusesServicesThatAreNotThere() {
        given("wlc");
        var payload = JsonObject.of("service", ModelJson.toJson(ServiceKey.tcp("10.0.0.9", 80)), "client", "192.0.2.7");

        assertThatThrownBy(() -> insight.explain(payload)).isInstanceOf(CommandException.class);
    }
}
