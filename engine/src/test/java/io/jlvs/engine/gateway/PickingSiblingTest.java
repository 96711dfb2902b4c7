package io.jlvs.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jlvs.engine.bus.Role;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who comes in as operator answers what the director asks. */
class PickingSiblingTest {

    private static final String ADDRESS = "jlvs.pick.web";
    private static final JsonObject QUESTION = JsonObject.of("servers", "some");

    private final Inside inside = new Inside();

    @AfterEach
    void close() {
        inside.close();
    }

    @Test
    void operatorAnswersQuestions() {
        try (var sibling = come(Role.OPERATOR)) {
            sibling.send(frame("register", ADDRESS)).settle();
            for (int i = 0; i < 3; i++) {
                var answer = ask();
                var question = sibling.next();

                assertThat(question.getString("address")).isEqualTo(ADDRESS);
                assertThat(question.getJsonObject("body")).isEqualTo(QUESTION);
                sibling.send(frame("send", question.getString("replyAddress"))
                        .put("body", JsonObject.of("server", "10.0.0.1:80")));
                assertThat(answer.await()).isEqualTo(JsonObject.of("server", "10.0.0.1:80"));
            }
            sibling.send(frame("unregister", ADDRESS)).settle();
            assertNobodyListens();
        }
    }

    @Test
    void questionEndsWithItsAnswer() {
        try (var sibling = come(Role.OPERATOR)) {
            sibling.send(frame("register", ADDRESS)).settle();
            var answer = ask();
            var reply = frame("send", sibling.next().getString("replyAddress")).put("body", new JsonObject());

            assertThat(sibling.send(reply).send(reply).next().getString("message"))
                    .isEqualTo("access_denied");
            answer.await();
        }
    }

    @Test
    void nobodyListensWhenTheSiblingHasGone() {
        try (var sibling = come(Role.OPERATOR)) {
            sibling.send(frame("register", ADDRESS)).settle();
        }
        await().untilAsserted(this::assertNobodyListens);
    }

    @Test
    void observerAnswersNothingAndOperatorNothingElse() {
        try (var watcher = come(Role.OBSERVER);
                var deployer = come(Role.OPERATOR)) {
            assertThat(watcher.send(frame("register", ADDRESS)).next().getString("message"))
                    .isEqualTo("access_denied");
            assertThat(deployer.send(frame("register", "jlvs.picky")).next().getString("message"))
                    .isEqualTo("access_denied");
        }
        assertNobodyListens();
    }

    private void assertNobodyListens() {
        assertThatThrownBy(() -> ask().await())
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        failure -> assertThat(failure.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS));
    }

    private Future<JsonObject> ask() {
        return inside.vertx
                .eventBus()
                .<JsonObject>request(ADDRESS, QUESTION, new DeliveryOptions().setSendTimeout(20_000))
                .map(answer -> answer.body());
    }

    private Sibling come(Role role) {
        var options = new TcpOptions("127.0.0.1", 0, Optional.empty(), Optional.of(role));
        var server = TcpGateway.start(inside.outside, options, TcpGateway.of(inside.common, Optional.of(role)));
        return Sibling.at(server.await().actualPort());
    }

    private static JsonObject frame(String type, String address) {
        return JsonObject.of("type", type, "address", address);
    }
}
