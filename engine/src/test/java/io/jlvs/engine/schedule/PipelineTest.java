package io.jlvs.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.plugin.Offer;
import io.jlvs.engine.registry.Configuration;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private static final ServiceKey SERVICE = ServiceKey.tcp("10.0.0.100", 80);
    private static final RealServer SERVER = RealServer.of(Endpoint.of("10.0.1.1", 80), "nat", 1);

    private final FakeDataPath dataPath = new FakeDataPath();
    private final Vertx vertx = Vertx.vertx();
    private final Pipeline pipeline = new Pipeline(vertx, InstantSource.system());
    private final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        pipeline.start((_, _) -> {}).toCompletionStage().toCompletableFuture().join();
        vertx.eventBus()
                .<ConnectionEvent>localConsumer(
                        BusAddress.EVENT_CONNECTION.address(), message -> events.add(message.body()));
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void decidesByTheConfigurationThatItWasGivenBeforeTheRequest() throws Exception {
        given(new ServiceEntry(VirtualService.of(SERVICE, "first"), List.of(SERVER)));

        var decision = ask(1);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Forward.class,
                        forward -> assertThat(forward.server()).isEqualTo(SERVER));
    }

    @Test
    void publishesTheRequestAndWhatWasScheduled() throws Exception {
        given(new ServiceEntry(VirtualService.of(SERVICE, "first"), List.of(SERVER)));

        ask(7);

        await().until(() -> events.size() == 2);
        assertThat(events).hasExactlyElementsOfTypes(ConnectionRequested.class, ConnectionScheduled.class);
        assertThat(events).allSatisfy(event -> assertThat(event.id()).isEqualTo(7));
    }

    @Test
    void refusesAConnectionToAServiceThatIsGone() throws Exception {
        given(new ServiceEntry(VirtualService.of(SERVICE, "first"), List.of(SERVER)));
        pipeline.goOver(Configuration.EMPTY, Map.of(), Extensions.NONE, dataPath);

        assertThat(ask(1)).isEqualTo(new Decision.Refuse(RefusalReason.NO_SERVICE));
    }

    @Test
    void collectsThePlansOfAllServices() {
        var services = IntStream.range(1, 20)
                .mapToObj(port -> ServiceKey.tcp("10.0.0.100", port))
                .map(key -> new ServiceEntry(VirtualService.of(key, "first"), List.of(SERVER)))
                .toArray(ServiceEntry[]::new);

        var plans = given(services);

        assertThat(plans).hasSize(services.length);
    }

    private Map<ServiceKey, Plan> given(ServiceEntry... entries) {
        var extensions = new Extensions(Map.of("first", new Offer<>("x.jar", "first", new First())), Map.of());
        return pipeline.goOver(new Configuration(1, List.of(entries)), Map.of(), extensions, dataPath);
    }

    private Decision ask(long id) throws Exception {
        var flow = new Flow(Protocol.TCP, Endpoint.of("10.9.9.9", 40000), Endpoint.of("10.0.0.100", 80));
        var answer = new CompletableFuture<Decision>();
        pipeline.schedule(new ConnectionRequested(0, id, SERVICE, flow, Set.of()), answer::complete);
        return answer.get(10, TimeUnit.SECONDS);
    }

    private static final class First implements Scheduler {
        @Override
        public String name() {
            return "first";
        }

        @Override
        public Picker prepare(ServerPool pool, @Nullable Picker previous) {
            return new Picker() {
                @Override
                public Server pick(Flow flow) {
                    return pool.eligible().getFirst();
                }

                @Override
                public Plan plan() {
                    return new Plan.Cycle(List.of(pool.all().getFirst()), 0);
                }
            };
        }
    }
}
