package io.jlvs.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.ServiceKey;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.engine.bus.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What siblings may do that come in over TCP, by role and by token. */
class TcpGatewayTest {

    private static final JsonObject SERVICE =
            JsonObject.of("protocol", "tcp", "address", "10.0.0.100", "port", 80, "scheduler", "rr");
    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);

    @TempDir
    private Path folder;

    private Inside inside;
    private int port;

    @BeforeEach
    void givenTokensAndNobodyIsLetInWithout() {
        var tokens = TokenFile.write(
                folder, TokenFile.line("observer", "watcher", "one") + TokenFile.line("operator", "deployer", "two"));
        inside = new Inside(Optional.of(tokens), Duration.ofMinutes(1));
        port = listen(Optional.empty());
    }

    private int listen(Optional<Role> anonymous) {
        return TcpGateway.start(
                        inside.outside,
                        new TcpOptions("127.0.0.1", 0, Optional.empty(), anonymous),
                        TcpGateway.of(inside.common, anonymous))
                .await()
                .actualPort();
    }

    @AfterEach
    void close() {
        inside.close();
    }

    @Test
    void nobodyAsksOrIsToldWithoutAToken() {
        try (var stranger = Sibling.at(port)) {
            assertThat(stranger.ask(BusAddress.STATUS, new JsonObject()).next())
                    .isEqualTo(JsonObject.of("type", "err", "message", "not_logged_in", "address", "reply"));
            assertThat(stranger.register(BusAddress.EVENT_DIRECTOR).next().getString("message"))
                    .isEqualTo("not_logged_in");
        }
    }

    @Test
    void observerAsksAndIsToldAndChangesNothing() {
        try (var watcher = Sibling.at(port)
                .logIn("one")
                .register(BusAddress.EVENT_DIRECTOR)
                .settle()) {
            assertThat(watcher.settle()
                            .ask(BusAddress.SERVICE_LIST, new JsonObject())
                            .next()
                            .getJsonObject("body"))
                    .isEqualTo(JsonObject.of("version", 0, "services", new JsonArray()));
            assertThat(watcher.ask(BusAddress.SERVICE_ADD, SERVICE).next().getString("message"))
                    .isEqualTo("access_denied");

            inside.publish(BusAddress.EVENT_DIRECTOR, new DirectorEvent.Recovered(7, "memory"));
            assertThat(watcher.next())
                    .isEqualTo(JsonObject.of(
                            "type",
                            "message",
                            "address",
                            "jlvs.event.director",
                            "body",
                            JsonObject.of("type", "director.recovered", "at", 7, "resource", "memory")
                                    .put("director", Inside.DIRECTOR)));
        }
        assertThat(inside.registry.current().services()).isEmpty();
    }

    @Test
    void operatorChangesInItsOwnName() {
        try (var deployer = Sibling.at(port).logIn("two").settle()) {
            var disguised = JsonObject.of("type", "send", "address", "jlvs.service.add", "body", SERVICE)
                    .put("headers", JsonObject.of("JLVS-By", "root", "token", "two"))
                    .put("replyAddress", "r");

            assertThat(deployer.send(disguised).next().getJsonObject("body")).isEqualTo(JsonObject.of("version", 1));
        }
        await().untilAsserted(() -> assertThat(inside.changes)
                .extracting(change -> change instanceof ConfigurationChanged changed ? changed.by() : "")
                .containsExactly("deployer with a token, over TCP from 127.0.0.1"));
    }

    @Test
    void nobodyEndsEverythingOrReachesWhatIsInternal() {
        inside.addService(WEB);
        try (var deployer = Sibling.at(port).logIn("two").settle()) {
            for (var address : new String[] {"jlvs.service.clear", "jlvs.pipeline.0", "jlvs.live", "no.such"}) {
                var frame = JsonObject.of("type", "send", "address", address, "body", new JsonObject());
                assertThat(deployer.send(frame).next().getString("message")).isEqualTo("access_denied");
            }
            assertThat(deployer.send(JsonObject.of("type", "register", "address", "jlvs.pipeline.0"))
                            .next()
                            .getString("message"))
                    .isEqualTo("access_denied");
        }
        assertThat(inside.registry.current().services()).hasSize(1);
    }

    @Test
    void someRoleMayBeHadWithoutAToken() {
        try (var stranger = Sibling.at(listen(Optional.of(Role.OPERATOR)))) {
            assertThat(stranger.ask(BusAddress.SERVICE_ADD, SERVICE).next().getJsonObject("body"))
                    .isEqualTo(JsonObject.of("version", 1));
        }
        await().untilAsserted(() -> assertThat(inside.changes)
                .extracting(change -> change instanceof ConfigurationChanged changed ? changed.by() : "")
                .containsExactly("127.0.0.1 over TCP"));
    }

    @Test
    void wrongTokenEndsTheConnectionAndTooManyEndLookingAtThem() {
        for (int i = 0; i < Doorkeeper.FREE; i++) {
            try (var guesser = Sibling.at(port).logIn("guess")) {
                assertThat(guesser.farewell()).isEqualTo("wrong_token");
            }
        }
        try (var guesser = Sibling.at(port).logIn("one");
                var other = Sibling.at(port, "127.0.0.2").logIn("one")) {
            assertThat(guesser.farewell()).isEqualTo("too_many_wrong_tokens");
            other.settle();
        }
    }

    @Test
    void whoseTokenIsWithdrawnIsSentAway() {
        try (var watcher = Sibling.at(port).logIn("one").settle();
                var deployer = Sibling.at(port).logIn("two").settle()) {
            TokenFile.write(folder, TokenFile.line("operator", "deployer", "two"));

            assertThat(watcher.farewell()).isEqualTo("token_withdrawn");
            deployer.settle();
        }
    }

    @Test
    void requestsAreAnsweredInTheirOrder() {
        try (var deployer = Sibling.at(port).logIn("two").settle()) {
            deployer.ask(BusAddress.SERVICE_ADD, SERVICE);
            for (int i = 0; i < 300; i++) {
                deployer.ask(BusAddress.SERVICE_EDIT, SERVICE);
            }
            for (int i = 0; i <= 300; i++) {
                assertThat(deployer.next().getJsonObject("body").getInteger("version"))
                        .isEqualTo(i + 1);
            }
        }
    }
}
