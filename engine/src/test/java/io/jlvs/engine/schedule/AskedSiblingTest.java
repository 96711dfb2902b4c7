package io.jlvs.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Persistence;
import io.jlvs.api.Protocol;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.ConnectionScheduled.How;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.api.spi.AskingPicker;
import io.jlvs.api.spi.AskingScheduler;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.bus.Schemas;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.plugin.Offer;
import io.jlvs.engine.registry.Configuration;
import io.jlvs.engine.stats.RemotePicks.Outcome;
import io.jlvs.scheduler.remote.Remote;
import io.jlvs.scheduler.roundrobin.RoundRobin;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service whose scheduler asks a sibling on the event bus, in all its moods. */
class AskedSiblingTest {

    private static final ServiceKey SERVICE = ServiceKey.tcp("10.0.0.100", 80);
    private static final Endpoint A = Endpoint.of("10.0.1.1", 80);
    private static final Endpoint B = Endpoint.of("10.0.1.2", 80);
    private static final Duration SHORT = Duration.ofMillis(20);
    /** Longer than a busy machine takes for a test. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeDataPath dataPath = new FakeDataPath();
    private final Vertx vertx = Vertx.vertx();
    private final Pipeline pipeline = new Pipeline(vertx, InstantSource.system());
    private final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
    private final List<DirectorEvent> told = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Message<JsonObject>> asked = new CopyOnWriteArrayList<>();
    private Extensions extensions = Extensions.NONE;

    @BeforeEach
    void start() {
        pipeline.start((_, e) -> failures.add(e))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var bus = vertx.eventBus();
        bus.<ConnectionEvent>localConsumer(
                BusAddress.EVENT_CONNECTION.address(), message -> events.add(message.body()));
        bus.<DirectorEvent>localConsumer(BusAddress.EVENT_DIRECTOR.address(), message -> told.add(message.body()));
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void picksForAConnection() throws Exception {
        sibling(question -> question.reply(answer(B)));
        given(LONG, nat(A, 1), nat(B, 1));

        assertThat(server(ask())).isEqualTo(B);

        assertThat(outcomes(Outcome.ANSWERED)).isEqualTo(1);
        await().until(() -> scheduled().size() == 1);
        assertThat(scheduled()).singleElement().satisfies(event -> {
            assertThat(event.how()).isEqualTo(How.SCHEDULER);
            assertThat(event.scheduler()).isEqualTo("remote");
            assertThat(event.pickNanos()).isPositive();
        });
    }

    @Test
    void isAskedWhatTheSchemaSays() throws Exception {
        sibling(question -> question.reply(answer(A)));
        given(LONG, nat(A, 1), nat(B, 0));

        ask();

        var question = asked.getFirst().body();
        assertThat(new Schemas().errors(BusAddress.PICK, question)).isEmpty();
        assertThat(question.getJsonArray("servers"))
                .isEqualTo(
                        JsonArray.of(JsonObject.of("server", A.toString(), "weight", 1, "active", 0, "inactive", 0)));
    }

    @Test
    void isReplacedByTheFallbackAtOnceWhenThereIsNone() throws Exception {
        given(LONG, nat(A, 1), nat(B, 1));

        assertThat(List.of(server(ask()), server(ask()))).as("round robin").containsExactlyInAnyOrder(A, B);

        assertThat(outcomes(Outcome.ABSENT)).isEqualTo(2);
        await().until(() -> scheduled().size() == 2);
        assertThat(scheduled()).allSatisfy(event -> assertThat(event.how()).isEqualTo(How.FALLBACK));
    }

    @Test
    void isReplacedByTheFallbackAtTheDeadlineAndNotHeardAnyMore() throws Exception {
        sibling(_ -> {});
        given(SHORT, nat(A, 1), nat(B, 0));

        assertThat(server(ask())).isEqualTo(A);
        asked.getFirst().reply(answer(A));
        ask();

        assertThat(outcomes(Outcome.LATE)).isEqualTo(2);
        assertThat(outcomes(Outcome.ANSWERED)).isZero();
        await().until(() -> scheduled().size() == 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"server\": \"10.0.1.2:80\"}",
                "{\"server\": \"10.9.9.9:80\"}",
                "{\"server\": null}",
                "{\"server\": {\"address\": \"10.0.1.1\"}}",
                "{}"
            })
    void isReplacedByTheFallbackWhenItNamesNoServerThatMayBePicked(String answer) throws Exception {
        sibling(question -> question.reply(new JsonObject(answer)));
        given(LONG, nat(A, 1), nat(B, 0));

        assertThat(server(ask())).isEqualTo(A);

        assertThat(outcomes(Outcome.WRONG)).isEqualTo(1);
    }

    @Test
    void isReplacedByTheFallbackWhenItsAnswerIsNoObjectOrAFailure() throws Exception {
        var answers = List.<Consumer<Message<?>>>of(
                question -> question.reply("10.0.1.1:80"),
                question -> question.reply(null),
                question -> question.reply(new byte[100_000]),
                question -> question.fail(7, "no idea"));
        sibling(question -> answers.get(asked.size() - 1).accept(question));
        given(LONG, nat(A, 1));

        for (var _ : answers) {
            assertThat(server(ask())).isEqualTo(A);
        }

        assertThat(outcomes(Outcome.WRONG)).isEqualTo(answers.size());
        assertThat(failures).as("of the plugin").isEmpty();
    }

    @Test
    void isHeardOnceHoweverOftenItAnswers() throws Exception {
        sibling(question -> {
            for (int i = 0; i < 1000; i++) {
                question.reply(answer(B));
            }
        });
        given(LONG, nat(A, 1), nat(B, 1));

        for (int i = 0; i < 20; i++) {
            assertThat(server(ask())).isEqualTo(B);
        }

        assertThat(outcomes(Outcome.ANSWERED)).isEqualTo(20);
        await().until(() -> scheduled().size() == 20);
    }

    @Test
    void isSparedAfterFailuresInARowUntilItAnswersAgain() throws Exception {
        given(LONG, nat(A, 1));
        for (int i = 0; i < Breaker.FAILURES + 3; i++) {
            ask();
        }

        assertThat(outcomes(Outcome.ABSENT)).isEqualTo(Breaker.FAILURES);
        assertThat(outcomes(Outcome.SKIPPED)).isEqualTo(3);
        await().untilAsserted(() -> assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(DirectorEvent.SiblingSilent.class, event -> {
                    assertThat(event.service()).isEqualTo(SERVICE.toString());
                    assertThat(event.reason()).contains("nobody listens");
                }));

        sibling(question -> question.reply(answer(A)));

        await().untilAsserted(() -> {
            ask();
            assertThat(outcomes(Outcome.ANSWERED)).isPositive();
        });
        await().untilAsserted(() -> assertThat(told).last().isInstanceOf(DirectorEvent.SiblingBack.class));
    }

    @Test
    void answersInAnyOrderWhileNobodyWaitsForAnother() throws Exception {
        sibling(_ -> {});
        given(LONG, nat(A, 1), nat(B, 1));
        var first = begin(SERVICE, Set.of());
        var second = begin(SERVICE, Set.of());
        await().until(() -> asked.size() == 2);

        asked.getLast().reply(answer(B));
        assertThat(server(get(second))).isEqualTo(B);
        assertThat(first).isNotDone();
        asked.getFirst().reply(answer(A));

        assertThat(server(get(first))).isEqualTo(A);
    }

    @Test
    void holdsUpNobodyElse() throws Exception {
        sibling(_ -> {});
        var others = IntStream.range(1, 9)
                .mapToObj(port -> ServiceKey.tcp("10.0.0.100", port))
                .toList();
        extend(LONG);
        var entries = new ArrayList<ServiceEntry>();
        others.forEach(key -> entries.add(new ServiceEntry(VirtualService.of(key, "rr"), List.of(nat(A, 1)))));
        entries.add(new ServiceEntry(VirtualService.of(SERVICE, "remote"), List.of(nat(A, 1))));
        goOver(entries.toArray(ServiceEntry[]::new));
        var waiting = begin(SERVICE, Set.of());
        await().until(() -> asked.size() == 1);

        for (var other : others) { // on every event loop there is
            assertThat(server(get(begin(other, Set.of())))).isEqualTo(A);
        }

        assertThat(waiting).isNotDone();
    }

    @Test
    void isNotAskedMoreThanItCanAnswer() throws Exception {
        sibling(_ -> {});
        given(LONG, nat(A, 1), nat(B, 1));

        var flood = IntStream.range(0, Asking.MOST_UNDER_WAY + 500)
                .mapToObj(_ -> begin(SERVICE, Set.of()))
                .toList();

        await().until(() -> outcomes(Outcome.SKIPPED) == 500 && asked.size() == Asking.MOST_UNDER_WAY);
        asked.forEach(question -> question.reply(answer(A)));
        for (var connection : flood) {
            assertThat(get(connection)).isInstanceOf(Decision.Forward.class);
        }
        assertThat(outcomes(Outcome.ANSWERED)).isEqualTo(Asking.MOST_UNDER_WAY);
    }

    @Test
    void mayNameAServerThatIsGoneByThen() throws Exception {
        sibling(_ -> {});
        given(LONG, nat(A, 1), nat(B, 1));
        var waiting = begin(SERVICE, Set.of());
        await().until(() -> asked.size() == 1);

        goOver(entry("remote", nat(A, 1)));
        asked.getFirst().reply(answer(B));

        assertThat(server(get(waiting))).isEqualTo(A);
    }

    @Test
    void isHeardThoughServersHaveComeMeanwhile() throws Exception {
        sibling(_ -> {});
        given(LONG, nat(A, 1));
        var waiting = begin(SERVICE, Set.of());
        await().until(() -> asked.size() == 1);

        goOver(entry("remote", nat(B, 1), nat(A, 1)));
        asked.getFirst().reply(answer(A));

        assertThat(server(get(waiting))).isEqualTo(A);
        await().until(() -> scheduled().size() == 1);
        assertThat(scheduled().getFirst().how()).isEqualTo(How.SCHEDULER);
    }

    @Test
    void isNotHeardWhenTheServiceHasAnotherSchedulerMeanwhile() throws Exception {
        sibling(_ -> {});
        given(LONG, nat(A, 1), nat(B, 1));
        var waiting = begin(SERVICE, Set.of());
        await().until(() -> asked.size() == 1);

        goOver(entry("rr", nat(A, 1)));
        asked.getFirst().reply(answer(A));

        assertThat(server(get(waiting))).isEqualTo(A);
        await().until(() -> scheduled().size() == 1);
        assertThat(scheduled().getFirst().scheduler()).isEqualTo("rr");
    }

    @Test
    void isNotHeardWhenTheServiceIsGoneMeanwhile() throws Exception {
        sibling(_ -> {});
        given(LONG, nat(A, 1));
        var waiting = begin(SERVICE, Set.of());
        await().until(() -> asked.size() == 1);

        goOver();
        asked.getFirst().reply(answer(A));

        assertThat(get(waiting)).isEqualTo(new Decision.Refuse(RefusalReason.NO_SERVICE));
    }

    @Test
    void isNotAskedAgainWhenItsServerCouldNotBeReached() throws Exception {
        sibling(question -> question.reply(answer(A)));
        given(LONG, nat(A, 1), nat(B, 1));

        assertThat(server(get(begin(SERVICE, Set.of(A))))).isEqualTo(B);

        assertThat(asked).isEmpty();
    }

    @Test
    void isAskedOnceForAPersistentClient() throws Exception {
        sibling(question -> question.reply(answer(B)));
        extend(LONG);
        var persistent = new VirtualService(
                SERVICE, "remote", Set.of(), Persistence.of(300, AddressFamily.IPV4), false, ProxyProtocol.NONE);
        goOver(new ServiceEntry(persistent, List.of(nat(A, 1), nat(B, 1))));

        assertThat(server(ask())).isEqualTo(B);
        assertThat(server(ask())).isEqualTo(B);

        assertThat(asked).hasSize(1);
    }

    @Test
    void isNotAskedWhenNoServerMayBePicked() throws Exception {
        sibling(question -> question.reply(answer(A)));
        given(LONG, nat(A, 0));

        assertThat(ask()).isEqualTo(new Decision.Refuse(RefusalReason.NO_SERVER));
        assertThat(asked).isEmpty();
    }

    @Test
    void isReplacedByTheNextServerAndAReportWhenNobodyOffersTheFallback() throws Exception {
        extend(LONG);
        extensions = new Extensions(
                Map.of("remote", Objects.requireNonNull(extensions.schedulers().get("remote"))), Map.of());

        goOver(entry("remote", nat(A, 1)));

        assertThat(server(ask())).isEqualTo(A);
        assertThat(failures).singleElement().asString().contains("its fallback is offered by no plugin");
    }

    @Test
    void goesOnWithTheFallbackOfAnotherPluginUnderTraffic() throws Exception {
        sibling(_ -> {});
        given(LONG, nat(A, 1), nat(B, 0));
        var waiting = begin(SERVICE, Set.of());
        await().until(() -> asked.size() == 1);

        var schedulers = new HashMap<>(extensions.schedulers());
        schedulers.put("rr", offer(new RoundRobin()));
        extensions = new Extensions(schedulers, Map.of());
        goOver(entry("remote", nat(A, 1), nat(B, 0)));
        asked.getFirst().fail(1, "no idea");

        assertThat(server(get(waiting))).isEqualTo(A);
        assertThat(failures).isEmpty();
    }

    @Test
    void leavesTheDataPathNoPlan() {
        extend(LONG);

        assertThat(goOver(entry("remote", nat(A, 1)))).isEmpty();
        assertThat(goOver(entry("rr", nat(A, 1)))).containsOnlyKeys(SERVICE);
    }

    private void sibling(Consumer<Message<?>> behaviour) {
        vertx.eventBus().<JsonObject>localConsumer("jlvs.pick", question -> {
            asked.add(question);
            behaviour.accept(question);
        });
    }

    private static JsonObject answer(Endpoint server) {
        return JsonObject.of("server", server.toString());
    }

    private void given(Duration deadline, RealServer... servers) {
        extend(deadline);
        goOver(entry("remote", servers));
    }

    private void extend(Duration deadline) {
        var remote = new Remote();
        remote.configure(Map.of("fallback", List.of("rr")));
        extensions = new Extensions(
                Map.of("remote", offer(new Patient(remote, deadline)), "rr", offer(new RoundRobin())), Map.of());
    }

    private static Offer<Scheduler> offer(Scheduler scheduler) {
        return new Offer<>(scheduler.name() + ".jar", scheduler.name(), scheduler);
    }

    private Map<ServiceKey, ?> goOver(ServiceEntry... entries) {
        return pipeline.goOver(new Configuration(1, List.of(entries)), Map.of(), extensions, dataPath);
    }

    private static ServiceEntry entry(String scheduler, RealServer... servers) {
        return new ServiceEntry(VirtualService.of(SERVICE, scheduler), List.of(servers));
    }

    private static RealServer nat(Endpoint endpoint, int weight) {
        return RealServer.of(endpoint, "nat", weight);
    }

    private Decision ask() throws Exception {
        return get(begin(SERVICE, Set.of()));
    }

    private CompletableFuture<Decision> begin(ServiceKey service, Set<Endpoint> unreachable) {
        var flow = new Flow(Protocol.TCP, Endpoint.of("10.9.9.9", 40000), Endpoint.of("10.0.0.100", 80));
        var answer = new CompletableFuture<Decision>();
        pipeline.schedule(new ConnectionRequested(0, 1, service, flow, unreachable), answer::complete);
        return answer;
    }

    private static Decision get(CompletableFuture<Decision> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    private static @Nullable Endpoint server(Decision decision) {
        return decision instanceof Decision.Forward forward ? forward.server().endpoint() : null;
    }

    private List<ConnectionScheduled> scheduled() {
        return events.stream()
                .filter(ConnectionScheduled.class::isInstance)
                .map(ConnectionScheduled.class::cast)
                .toList();
    }

    private long outcomes(Outcome outcome) {
        return pipeline.remotePicks().counted(SERVICE, outcome);
    }

    /** With a deadline that no plugin may have. */
    private record Patient(AskingScheduler remote, Duration deadline) implements AskingScheduler {

        @Override
        public String name() {
            return remote.name();
        }

        @Override
        public String fallback() {
            return remote.fallback();
        }

        @Override
        public AskingPicker prepare(ServerPool pool, @Nullable Picker previous) {
            return remote.prepare(pool, previous);
        }
    }
}
