package io.jlvs.scheduler.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.spi.AskingScheduler;
import io.jlvs.api.spi.Bus;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.AnsweredScheduler;
import io.jlvs.api.testing.FakePool;
import io.jlvs.api.testing.FakeServer;
import io.jlvs.api.testing.SchedulerContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteTest extends SchedulerContract {

    private static final Flow FLOW =
            new Flow(Protocol.TCP, Endpoint.of("10.0.0.2", 40000), Endpoint.of("10.0.0.100", 80));

    private final List<String> addresses = new ArrayList<>();
    private final List<Map<String, ?>> questions = new ArrayList<>();

    @Override
    protected Scheduler scheduler() {
        return new AnsweredScheduler(new Remote(), this::firstOfTheQuestion);
    }

    @Test
    void asksWithTheServiceTheFlowAndTheServersThatMayBePicked() {
        var busy = FakeServer.server("10.2.0.11", 80, 3);
        busy.setConnections(2, 5);
        var pool = FakePool.of(FakeServer.server("10.2.0.12", 80, 0), busy);

        var picked = scheduler().prepare(pool, null).pick(FLOW);

        assertThat(picked).isSameAs(busy);
        assertThat(addresses).containsExactly("jlvs.pick");
        assertThat(questions)
                .containsExactly(Map.of(
                        "service", Map.of("protocol", "tcp", "address", "10.0.0.100", "port", 80),
                        "flow",
                                Map.of(
                                        "protocol", "tcp",
                                        "client", Map.of("address", "10.0.0.2", "port", 40000),
                                        "virtual", Map.of("address", "10.0.0.100", "port", 80)),
                        "servers", List.of(Map.of("server", "10.2.0.11:80", "weight", 3, "active", 2, "inactive", 5))));
    }

    @Test
    void asksAtTheAddressOfTheServiceWhereTheOperatorSaysSo() {
        var remote = configured(Map.of("address", List.of("jlvs.pick.{service}")));

        new AnsweredScheduler(remote, this::firstOfTheQuestion)
                .prepare(FakePool.of(FakeServer.server("10.2.0.11", 80, 1)), null)
                .pick(FLOW);

        assertThat(addresses).containsExactly("jlvs.pick.tcp.10.0.0.100:80");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            10.2.0.12:80|is none of the servers that may be picked
            10.2.0.13:80|is none of the servers that may be picked
            10.2.0.11|is no address
            ''|is no address
            10.2.0.11:80x|is no port
            web:80|web
            """)
    void failsWhenTheAnswerNamesNoServerThatMayBePicked(String answer, String why) {
        var pool = FakePool.of(FakeServer.server("10.2.0.12", 80, 0), FakeServer.server("10.2.0.11", 80, 1));
        var picker = new AnsweredScheduler(new Remote(), answering(Map.of("server", answer))).prepare(pool, null);

        assertThatThrownBy(() -> picker.pick(FLOW))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining(why);
    }

    @Test
    void failsWhenTheAnswerIsNone() {
        var pool = FakePool.of(FakeServer.server("10.2.0.11", 80, 1));

        for (Map<String, Object> answer : List.<Map<String, Object>>of(Map.of(), Map.of("server", 7))) {
            var picker = new AnsweredScheduler(new Remote(), answering(answer)).prepare(pool, null);

            assertThatThrownBy(() -> picker.pick(FLOW))
                    .hasMessageContaining("expected {\"server\": \"10.0.0.1:80\"}, the answer is " + answer);
        }
    }

    @Test
    void waitsTwentyMillisecondsAndFallsBackOnWlcUnlessToldOtherwise() {
        var untold = configured(Map.of());
        var told = configured(Map.of("deadline", List.of("500ms"), "fallback", List.of("mh")));

        assertThat(untold.deadline()).isEqualTo(Duration.ofMillis(20));
        assertThat(untold.fallback()).isEqualTo("wlc");
        assertThat(told.deadline()).isEqualTo(Duration.ofMillis(500));
        assertThat(told.fallback()).isEqualTo("mh");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deadline | 20            | deadline: expected 1ms to 500ms, such as 20ms, found '20'
            deadline | 0ms           | deadline: expected 1ms to 500ms, such as 20ms, found '0ms'
            deadline | 501ms         | deadline: expected 1ms to 500ms, such as 20ms, found '501ms'
            fallback | remote        | fallback: expected a scheduler that decides by itself, found 'remote'
            address  | jlvs.status   | address: expected jlvs.pick or jlvs.pick.NAME, found 'jlvs.status'
            address  | jlvs.picky    | address: expected jlvs.pick or jlvs.pick.NAME, found 'jlvs.picky'
            adress   | jlvs.pick     | expected address, deadline or fallback, found adress
            """)
    void refusesOptionsThatMakeNoSense(String key, String value, String why) {
        assertThatThrownBy(() -> configured(Map.of(key, List.of(value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    private static AskingScheduler configured(Map<String, List<String>> options) {
        var remote = new Remote();
        remote.configure(options);
        return remote;
    }

    private CompletableFuture<Map<String, Object>> firstOfTheQuestion(String address, Map<String, ?> question) {
        addresses.add(address);
        questions.add(question);
        var servers = (List<?>) Objects.requireNonNull(question.get("servers"));
        return CompletableFuture.completedFuture(Map.of("server", ((Map<?, ?>) servers.getFirst()).get("server")));
    }

    private static Bus answering(Map<String, Object> answer) {
        return (_, _) -> CompletableFuture.completedFuture(answer);
    }
}
