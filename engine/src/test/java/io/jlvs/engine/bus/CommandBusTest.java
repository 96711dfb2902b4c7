package io.jlvs.engine.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jlvs.api.Endpoint;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.bus.ApiVersion;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.plugin.PluginStatus;
import io.jlvs.engine.registry.Configuration;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Offers;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Statistics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandBusTest {

    private static final ServiceKey KEY = ServiceKey.tcp("10.0.0.100", 80);
    private static final Endpoint SERVER = Endpoint.of("10.0.0.1", 8080);
    private static final String SERVICE = "{'protocol':'tcp','address':'10.0.0.100','port':80,'scheduler':'rr'}";
    private static final String REFERENCE = "{'protocol':'tcp','address':'10.0.0.100','port':80}";
    private static final String REAL_SERVER =
            "{'service':" + REFERENCE + ",'server':{'address':'10.0.0.1','port':8080,'mode':'nat','weight':3}}";

    private final Vertx vertx = Vertx.vertx();
    private final FakeDataPath dataPath = new FakeDataPath();
    private final MemoryStore store = new MemoryStore();
    private final Registry registry = new Registry(dataPath, (_, _, _) -> Map.of(), store, _ -> {}, new FakeClock());

    @BeforeEach
    void deploy() {
        registry.extensionsChanged(Offers.usual());
        registry.restore();
        var rr = new PluginStatus("rr.jar", "rr", "1.0", PluginStatus.State.LOADED, List.of("rr"), "");
        var listings = new Listings(
                registry, new Statistics(dataPath), () -> List.of(rr), () -> JsonObject.of("dataPath", "user"));
        CommandBus.deploy(vertx, new CommandBus(registry, listings.queries())).await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void carriesOutEachCommand() {
        assertThat(request(BusAddress.SERVICE_ADD, SERVICE)).isEqualTo(JsonObject.of("version", 1));
        assertThat(request(BusAddress.SERVER_ADD, REAL_SERVER)).isEqualTo(JsonObject.of("version", 2));
        assertThat(server()).isEqualTo(RealServer.of(SERVER, "nat", 3));

        request(BusAddress.SERVER_EDIT, REAL_SERVER.replace("3}", "0}"));
        assertThat(server().weight()).isZero();

        request(BusAddress.SERVICE_EDIT, SERVICE.replace("rr", "wrr"));
        assertThat(registry.current().find(KEY).orElseThrow().service().scheduler())
                .isEqualTo("wrr");

        assertThat(request(BusAddress.SERVICE_ZERO, REFERENCE)).isEqualTo(JsonObject.of("version", 4));
        assertThat(request(BusAddress.SERVICE_ZERO, "{}")).isEqualTo(JsonObject.of("version", 4));

        request(BusAddress.SERVER_DELETE, "{'service':" + REFERENCE + ",'server':{'address':'10.0.0.1','port':8080}}");
        assertThat(registry.current().find(KEY).orElseThrow().servers()).isEmpty();

        request(BusAddress.SERVICE_DELETE, REFERENCE);
        request(BusAddress.SERVICE_ADD, SERVICE);
        assertThat(request(BusAddress.SERVICE_CLEAR, "{}")).isEqualTo(JsonObject.of("version", 8));
        assertThat(registry.current().services()).isEmpty();
        assertThat(store.saved()).isEqualTo(registry.current());
    }

    @Test
    void carriesOutCommandsInTheOrderOfTheirArrival() {
        var replies = IntStream.rangeClosed(1, 50)
                .mapToObj(
                        i -> i % 2 == 1 ? send(BusAddress.SERVICE_ADD, SERVICE) : send(BusAddress.SERVICE_CLEAR, "{}"))
                .toList();

        assertThat(replies).allSatisfy(reply -> assertThat(reply.await()).isNotNull());
        assertThat(registry.current().version()).isEqualTo(50);
    }

    @Test
    void listsServicesWithTheirLiveFigures() {
        request(BusAddress.SERVICE_ADD, SERVICE);
        request(BusAddress.SERVICE_ADD, "{'fwmark':7,'scheduler':'wrr'}");
        request(BusAddress.SERVER_ADD, REAL_SERVER);
        dataPath.setLoad(new ServerId(KEY, SERVER), 4, 2);
        dataPath.setTraffic(new ServerId(KEY, SERVER), new Traffic(9, 0, 0, 100, 2000));
        dataPath.setTraffic(KEY, new Traffic(11, 0, 0, 120, 2400));

        var all = request(BusAddress.SERVICE_LIST, "{}");
        var one = request(BusAddress.SERVICE_LIST, REFERENCE).getJsonArray("services");

        assertThat(all.getLong("version")).isEqualTo(3);
        assertThat(all.getJsonArray("services")).hasSize(2);
        assertThat(one).hasSize(1);
        var service = one.getJsonObject(0);
        assertThat(service.getJsonObject("traffic").getLong("outBytes")).isEqualTo(2400);
        var server = service.getJsonArray("servers").getJsonObject(0);
        assertThat(server.getInteger("weight")).isEqualTo(3);
        assertThat(server.getInteger("active")).isEqualTo(4);
        assertThat(server.getInteger("inactive")).isEqualTo(2);
        assertThat(server.getJsonObject("traffic").getLong("connections")).isEqualTo(9);
    }

    @Test
    void listsPluginsAndStatus() {
        assertThat(request(BusAddress.STATUS, "{}")).isEqualTo(JsonObject.of("dataPath", "user"));
        var plugins = request(BusAddress.PLUGIN_LIST, "{}");
        assertThat(plugins.getJsonArray("schedulers")).contains("rr", "wrr");
        assertThat(plugins.getJsonArray("modes")).isNotEmpty();
        assertThat(plugins.getJsonArray("plugins"))
                .isEqualTo(new JsonArray(
                        "[{'jar':'rr.jar','plugin':'rr','version':'1.0','state':'loaded','offers':['rr'],'detail':''}]"
                                .replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            SERVICE_ADD    | {'protocol':'tcp','address':'10.0.0.100','port':'80'} | INVALID | INVALID: $.port: Instance type string is invalid. Expected integer
            SERVICE_ADD    | {'protocol':'tcp','address':'10.0.0.100','port':0}    | INVALID | INVALID: $: port 0 (every port) needs persistence
            SERVICE_ADD    | {'protocol':'tcp','address':'10.0.0.300','port':80}   | INVALID | INVALID: $.address: '10.0.0.300' is no IPv4 or IPv6 address
            SERVICE_ADD    | {'fwmark':1,'sceduler':'rr'}      | INVALID           | INVALID: $.sceduler: unknown key
            SERVICE_ADD    | {'fwmark':1,'scheduler':'x'}      | NO_SUCH_SCHEDULER | NO_SUCH_SCHEDULER: no plugin offers the scheduler 'x'; loaded are: rr, wrr
            SERVICE_DELETE | {'fwmark':1}                      | NO_SUCH_SERVICE   | NO_SUCH_SERVICE: there is no virtual service FWM 1
            SERVICE_ZERO   | {'fwmark':1}                      | NO_SUCH_SERVICE   | NO_SUCH_SERVICE: there is no virtual service FWM 1
            SERVICE_LIST   | {'fwmark':1}                      | NO_SUCH_SERVICE   | NO_SUCH_SERVICE: there is no virtual service FWM 1
            SERVICE_CLEAR  | {'all':true}                      | INVALID           | INVALID: $.all: unknown key
            """)
    void refusesWhatItCantDoAndChangesNothing(BusAddress address, String payload, ErrorCode code, String message) {
        var refused = catchThrowableOfType(ReplyException.class, () -> request(address, payload));

        assertThat(refused.failureCode()).isEqualTo(code.number());
        assertThat(refused).hasMessage(message);
        assertThat(registry.current()).isEqualTo(Configuration.EMPTY);
        assertThat(dataPath.table().services()).isEmpty();
    }

    @Test
    void refusesWhatWasWrittenForAnotherMajorVersion() {
        var refused = catchThrowableOfType(ReplyException.class, () -> clearFor("2"));

        assertThat(refused.failureCode()).isEqualTo(ErrorCode.OTHER_VERSION.number());
        assertThat(refused)
                .hasMessage("OTHER_VERSION: the request has the header jlvs-api '2', this director's is '1' ("
                        + ApiVersion.CURRENT + "): use a client of that version");
        assertThat(registry.current()).isEqualTo(Configuration.EMPTY);

        assertThat(clearFor("1")).isEqualTo(JsonObject.of("version", 1));
    }

    private Object clearFor(String version) {
        return vertx.eventBus()
                .request(
                        BusAddress.SERVICE_CLEAR.address(),
                        new JsonObject(),
                        new DeliveryOptions().addHeader(ApiVersion.HEADER, version))
                .await()
                .body();
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThatThrownBy(() -> vertx.eventBus()
                        .request(BusAddress.SERVICE_CLEAR.address(), "all")
                        .await())
                .hasMessage("INVALID: $: expected an object, found all");
        assertThatThrownBy(() -> vertx.eventBus()
                        .request(BusAddress.SERVICE_CLEAR.address(), null)
                        .await())
                .hasMessage("INVALID: $: expected an object, found null");
    }

    @Test
    void tellsThatAChangeIsInEffectButNotSaved() {
        store.fail();

        var failed = catchThrowableOfType(ReplyException.class, () -> request(BusAddress.SERVICE_ADD, SERVICE));

        assertThat(failed.failureCode()).isEqualTo(ErrorCode.NOT_SAVED.number());
        assertThat(failed).hasMessage("NOT_SAVED: the disk is full");
        assertThat(registry.current().find(KEY)).isPresent();
    }

    private RealServer server() {
        return registry.current().find(KEY).orElseThrow().server(SERVER).orElseThrow();
    }

    private JsonObject request(BusAddress address, String payload) {
        return send(address, payload).await();
    }

    private Future<JsonObject> send(BusAddress address, String payload) {
        return vertx.eventBus()
                .<JsonObject>request(address.address(), new JsonObject(payload.replace('\'', '"')))
                .map(Message::body);
    }
}
