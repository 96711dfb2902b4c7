package io.jlvs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.bus.ApiVersion;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.client.JlvsClient;
import io.jlvs.api.client.Told;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.json.EventJson;
import io.jlvs.api.report.LiveServer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JlvsClientTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final VirtualService SERVICE = VirtualService.of(WEB, "rr");
    private static final RealServer SERVER = RealServer.of(Endpoint.of("10.0.1.1", 8080), "nat", 3);

    @TempDir
    private Path folder;

    private OnTheBus director;
    private JlvsClient client;

    @BeforeEach
    void start() {
        director = new OnTheBus(folder);
        client = JlvsClient.of(director.vertx.eventBus());
    }

    @AfterEach
    void close() {
        director.close();
    }

    @Test
    void changesServicesAndServers() {
        assertThat(client.addService(SERVICE).await()).isEqualTo(1);
        client.addServer(WEB, SERVER).await();
        client.editServer(WEB, RealServer.of(SERVER.endpoint(), "nat", 0)).await();
        client.editService(VirtualService.of(WEB, "wrr")).await();
        client.zero(WEB).await();

        var entry = director.registry.current().find(WEB).orElseThrow();
        assertThat(entry.service().scheduler()).isEqualTo("wrr");
        assertThat(entry.server(SERVER.endpoint()).orElseThrow().weight()).isZero();

        client.deleteServer(WEB, SERVER.endpoint()).await();
        client.deleteService(WEB).await();
        assertThat(client.services().await()).isEmpty();
    }

    @Test
    void reportsFiguresAndWhatGoesOn() {
        client.addService(SERVICE).await();
        client.addServer(WEB, SERVER).await();
        var id = new ServerId(WEB, SERVER.endpoint());
        director.dataPath.setLoad(id, 4, 2);
        director.dataPath.setTraffic(id, new Traffic(9, 0, 0, 100, 5_000_000_000L));

        var report = client.service(WEB).await();

        assertThat(report.service()).isEqualTo(SERVICE);
        var server = report.server(SERVER.endpoint()).orElseThrow();
        assertThat(server.server()).isEqualTo(SERVER);
        assertThat(server.connections()).isEqualTo(6);
        assertThat(server.traffic()).isEqualTo(new Traffic(9, 0, 0, 100, 5_000_000_000L));
        var live = client.live(WEB).await();
        assertThat(live.active()).isEqualTo(4);
        assertThat(live.servers()).extracting(LiveServer::state).containsExactly(LiveServer.State.UP);
        var status = client.status().await();
        assertThat(status.api()).isEqualTo(ApiVersion.CURRENT);
        assertThat(status.services()).isEqualTo(1);
    }

    @Test
    void tellsWhyItWasRefused() {
        var refused = catchThrowableOfType(
                CommandException.class, () -> client.deleteService(WEB).await());

        assertThat(refused.code()).isEqualTo(ErrorCode.NO_SUCH_SERVICE);
        assertThat(refused).hasMessage("there is no virtual service TCP 10.0.0.100:80");
    }

    @Test
    void asksOneDirectorByItsName() {
        director.vertx
                .eventBus()
                .<JsonObject>consumer(
                        BusAddress.SERVICE_CLEAR.at("b"),
                        message -> message.reply(JsonObject.of("version", 7, "new", 1)));

        assertThat(client.at("b").execute(new Command.Clear()).await()).isEqualTo(7);
        assertThatThrownBy(() -> client.at("c").status().await()).isInstanceOf(ReplyException.class);
    }

    @Test
    void hearsEventsAsRecordsAndAsJson() {
        var told = new CopyOnWriteArrayList<Told>();
        var ofA = new CopyOnWriteArrayList<Told>();
        var subscription = client.onEvents(told::add);
        client.at("a").onEvents(ofA::add).begun().await();
        subscription.begun().await();
        var recovered = new DirectorEvent.Recovered(1, "file descriptors");

        client.addService(SERVICE).await();
        director.vertx
                .eventBus()
                .publish("jlvs.event.director", JsonObject.of("type", "director.of-tomorrow", "at", 1))
                .publish(
                        "jlvs.event.director",
                        EventJson.toJson(recovered).put("director", "a").put("missed", 2));

        await().untilAsserted(() -> assertThat(told).hasSize(2));
        assertThat(told).anySatisfy(one -> assertThat(one.event()).isInstanceOf(ConfigurationChanged.class));
        assertThat(told).contains(new Told(recovered, "a", 3));
        await().untilAsserted(() -> assertThat(ofA).isEqualTo(List.of(new Told(recovered, "a", 2 + 1))));
        subscription.end().await();
    }
}
