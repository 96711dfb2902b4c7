package io.jlvs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.bus.BusAddress.Kind;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.datapath.TrackedConnection;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.json.EventJson;
import io.jlvs.engine.bus.Schemas;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a director really says is what the published schemas say. */
class BusSchemasTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final Endpoint SERVER = Endpoint.of("10.0.1.1", 8080);
    private static final Endpoint CLIENT = Endpoint.of("192.0.2.7", 40000);
    private static final String REFERENCE = "{'protocol':'tcp','address':'10.0.0.100','port':80}";
    private static final String REAL_SERVER =
            "{'service':" + REFERENCE + ",'server':{'address':'10.0.1.1','port':8080,'mode':'nat'}}";

    private final Schemas schemas = new Schemas();
    private final Set<BusAddress> seen = EnumSet.noneOf(BusAddress.class);

    @TempDir
    private Path folder;

    private OnTheBus director;

    @BeforeEach
    void start() {
        director = new OnTheBus(folder);
    }

    @AfterEach
    void close() {
        director.close();
    }

    @Test
    void eachReplyIsWhatItsSchemaSays() {
        givenAServiceInUse();

        assertReply(BusAddress.SERVICE_LIST, "{}");
        assertReply(BusAddress.PLUGIN_LIST, "{}");
        assertReply(BusAddress.STATUS, "{}");
        assertReply(BusAddress.SERVICE_LIVE, REFERENCE);
        assertReply(BusAddress.SERVICE_SEARCH, "{'text':'10.0'}");
        assertReply(BusAddress.CONNECTION_LIST, "{'service':" + REFERENCE + "}");
        assertReply(BusAddress.CONNECTION_EXPLAIN, "{'service':" + REFERENCE + ",'client':'192.0.2.7'}");
        assertReply(BusAddress.CONNECTION_EXPLAIN, "{'service':" + REFERENCE + ",'client':'192.0.2.8'}");
        for (var server : List.of("10.0.1.1", "10.0.1.9")) {
            assertReply(
                    BusAddress.CHANGE_PREVIEW,
                    "{'address':'jlvs.server.delete','payload':{'service':" + REFERENCE + ",'server':{'address':'"
                            + server + "','port':8080}}}");
        }
        assertReply(BusAddress.SERVER_EDIT, REAL_SERVER);
        assertReply(BusAddress.SERVICE_EDIT, REFERENCE.replace("}", ",'scheduler':'wrr'}"));
        assertReply(BusAddress.SERVICE_ZERO, "{}");
        assertReply(BusAddress.SERVER_DELETE, REAL_SERVER.replace(",'mode':'nat'", ""));
        assertReply(BusAddress.SERVICE_DELETE, REFERENCE);
        assertReply(BusAddress.SERVICE_CLEAR, "{}");
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(Stream.of(BusAddress.values())
                        .filter(address -> address.kind() == Kind.COMMAND || address.kind() == Kind.QUERY)
                        .toList());
    }

    @Test
    void eachEventIsWhatItsSchemaSays() {
        var told = new CopyOnWriteArrayList<Message<JlvsEvent>>();
        Stream.of(BusAddress.values())
                .filter(address -> address.kind() == Kind.EVENT)
                .forEach(address -> director.vertx.eventBus().<JlvsEvent>localConsumer(address.address(), told::add));

        givenAServiceInUse();
        director.pipeline.publish(new DirectorEvent.Recovered(1, "file descriptors"));

        await().untilAsserted(() -> assertThat(told).hasSize(7));
        assertThat(told)
                .allSatisfy(message -> assertThat(schemas.errors(
                                address(message.address()),
                                EventJson.toJson(message.body()).put("director", "a")))
                        .isEmpty());
        assertThat(schemas.errors(BusAddress.LIVE, director.live.picture())).isEmpty();
    }

    private void givenAServiceInUse() {
        assertReply(BusAddress.SERVICE_ADD, REFERENCE.replace("}", ",'scheduler':'rr'}"));
        assertReply(BusAddress.SERVER_ADD, REAL_SERVER);
        var flow = new Flow(Protocol.TCP, CLIENT, Endpoint.of("10.0.0.100", 80));
        var picked = new CompletableFuture<Decision>();
        director.pipeline.schedule(new ConnectionRequested(1, 1, WEB, flow, Set.of()), picked::complete);
        assertThat(picked).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(Decision.Forward.class);
        director.pipeline.publish(new ConnectionOpened(2, 1, WEB, flow, SERVER, 400_000));
        director.pipeline.publish(
                new ConnectionClosed(3, 1, WEB, flow, SERVER, 1, 2, 3, ConnectionClosed.Cause.FINISHED));
        director.dataPath.setLoad(new ServerId(WEB, SERVER), 4, 2);
        director.dataPath.setTraffic(new ServerId(WEB, SERVER), new Traffic(9, 0, 0, 100, 5_000_000_000L));
        director.dataPath.recordConnect(new ServerId(WEB, SERVER), 400_000);
        director.dataPath.setConnections(List.of(new TrackedConnection(
                Protocol.TCP, "ESTABLISHED", CLIENT, flow.virtual(), SERVER, Duration.ofSeconds(90))));
    }

    private void assertReply(BusAddress address, String payload) {
        var reply = director.vertx
                .eventBus()
                .<JsonObject>request(address.address(), new JsonObject(payload.replace('\'', '"')))
                .await()
                .body();
        seen.add(address);
        assertThat(schemas.errors(address.reply().orElseThrow(), reply))
                .as("%s: %s", address, reply)
                .isEmpty();
    }

    private static BusAddress address(String name) {
        return Stream.of(BusAddress.values())
                .filter(address -> address.address().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
