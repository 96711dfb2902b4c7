package io.jlvs.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.engine.gateway.Inside;
import io.jlvs.engine.gateway.TokenFile;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's page and its way to the event bus. */
class ConsolePartTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final JsonObject SERVICE =
            JsonObject.of("protocol", "tcp", "address", "10.0.0.100", "port", 80, "scheduler", "rr");

    private HttpFixture fixture = new HttpFixture(ConsoleAccess.CHANGE);

    @AfterEach
    void close() {
        fixture.close();
    }

    private void givenReadOnly() {
        fixture.close();
        fixture = new HttpFixture(ConsoleAccess.READ);
    }

    @Test
    void pageMayLoadNothingFromElsewhere() throws Exception {
        var answer = fixture.get("/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<title>a page</title>");
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void whatTheBrowserHasIsNotSentAgain() throws Exception {
        var tag = fixture.get("/js/main.js").headers().firstValue("etag").orElseThrow();

        var again = fixture.send("/js/main.js", request -> request.header("If-None-Match", tag));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void servesNothingButTheConsole() throws Exception {
        for (var path : List.of("/../logback.xml", "/%2e%2e/logback.xml", "/js/../../logback.xml", "/js", "/no.js")) {
            assertThat(fixture.get(path).statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void isNotServedUnderAStrangersName() {
        for (var host : List.of("evil.example", "localhost.evil.example", "127.0.0.1.evil.example")) {
            assertThat(statusFor(host)).as(host).isEqualTo(403);
        }
        for (var host : List.of("localhost:1", "LOCALHOST", "192.0.2.7:80", "[2001:db8::1]:80", "director.example")) {
            assertThat(statusFor(host)).as(host).isEqualTo(200);
        }
    }

    private int statusFor(String host) {
        return fixture.requests
                .request(HttpMethod.GET, fixture.port, "127.0.0.1", "/")
                .compose(request -> request.putHeader("Host", host).send())
                .await()
                .statusCode();
    }

    @Test
    void otherSitesMayNotUseTheBus() {
        Assertions.assertThatThrownBy(() -> connect("http://evil.example"))
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        refused -> assertThat(refused.getStatus()).isEqualTo(403));

        connect("http://127.0.0.1:" + fixture.port).close();
        connect(HttpFixture.FRIEND).close();
    }

    @Test
    void takesCommandsAndAnswersQuestions() {
        try (var page = page()) {
            assertThat(page.ask(BusAddress.SERVICE_ADD, SERVICE).getJsonObject("body"))
                    .isEqualTo(JsonObject.of("version", 1));
            assertThat(page.ask(BusAddress.SERVICE_LIST, new JsonObject())
                            .getJsonObject("body")
                            .getJsonArray("services"))
                    .hasSize(1);

            var refusal = page.ask(BusAddress.SERVICE_ADD, SERVICE);
            assertThat(refusal.getString("type")).isEqualTo("err");
            assertThat(refusal.getString("message")).startsWith("SERVICE_EXISTS: ");
        }
    }

    @Test
    void changesNothingWhenItMayOnlyBeRead() {
        givenReadOnly();
        try (var page = page()) {
            page.send("send", BusAddress.SERVICE_ADD.address(), SERVICE);

            await().untilAsserted(() ->
                    assertThat(page.got).anyMatch(frame -> "access_denied".equals(frame.getString("body"))));
            assertThat(page.ask(BusAddress.SERVICE_LIST, new JsonObject()).getJsonObject("body"))
                    .isNotNull();
            assertThat(fixture.registry.current().services()).isEmpty();
        }
    }

    @Test
    void tokenOpensMoreThanTheConsoleDoes(@TempDir Path folder) {
        fixture.close();
        var tokens = TokenFile.write(folder, TokenFile.line("operator", "deployer", "secret"));
        fixture = new HttpFixture(ConsoleAccess.READ, new Inside(Optional.of(tokens), Duration.ofMinutes(1)));
        try (var page = page();
                var another = page()) {
            page.socket.writeTextMessage("""
                    {"type": "ping", "headers": {"token": "secret"}}""").await();

            assertThat(page.answer(BusAddress.SERVICE_ADD, SERVICE)).isEqualTo(JsonObject.of("version", 1));
            assertThat(another.ask(BusAddress.SERVICE_ADD, SERVICE).getString("body"))
                    .isEqualTo("access_denied");
        }
        await().untilAsserted(() -> assertThat(fixture.inside.changes)
                .singleElement()
                .extracting(change -> ((ConfigurationChanged) change).by())
                .isEqualTo("deployer with a token, with the console from 127.0.0.1"));
    }

    @Test
    void clearingAllAndInternalAddressesAreOutOfReach() {
        fixture.addService(WEB);
        try (var page = page()) {
            page.send("send", BusAddress.SERVICE_CLEAR.address(), new JsonObject());
            page.send("send", "jlvs.pipeline.0", new JsonObject());
            page.send("register", "jlvs.pipeline.0", null);
            page.send("publish", BusAddress.SERVICE_ADD.address(), SERVICE);

            await().untilAsserted(() -> assertThat(page.got)
                    .filteredOn(frame -> Set.of("access_denied", "rejected").contains(frame.getString("body", "")))
                    .hasSize(4));
            assertThat(fixture.registry.current().services()).hasSize(1);
        }
    }

    @Test
    void tellsEventsAsJson() {
        try (var page = page()) {
            page.send("register", BusAddress.EVENT_DIRECTOR.address(), null);
            await().untilAsserted(() -> {
                publish(BusAddress.EVENT_DIRECTOR, new DirectorEvent.Recovered(7, "file descriptors"));
                assertThat(page.bodies(BusAddress.EVENT_DIRECTOR))
                        .contains(JsonObject.of(
                                "type",
                                "director.recovered",
                                "at",
                                7,
                                "resource",
                                "file descriptors",
                                "director",
                                "lb1"));
            });
        }
    }

    @Test
    void tellsAPartOfManyConnectionsAndHowManyItLeftOut() {
        var flow = new Flow(Protocol.TCP, Endpoint.of("192.0.2.7", 40000), Endpoint.of("10.0.0.100", 80));
        var event = new ConnectionRequested(0, 1, WEB, flow, Set.of());
        try (var page = page()) {
            page.send("register", BusAddress.EVENT_CONNECTION.address(), null);
            await().untilAsserted(() -> {
                for (int i = 0; i < 2 * ConsolePart.CONNECTION_EVENTS; i++) {
                    publish(BusAddress.EVENT_CONNECTION, event);
                }
                assertThat(page.bodies(BusAddress.EVENT_CONNECTION)).anyMatch(body -> body.getLong("missed", 0L) > 0);
            });
        }
    }

    @Test
    void tellsTheLivePictureWhileSomebodyLooks() {
        fixture.addService(WEB);
        try (var page = page()) {
            page.send("register", BusAddress.LIVE.address(), null);

            await().untilAsserted(() -> assertThat(page.bodies(BusAddress.LIVE)).hasSizeGreaterThan(1));
            assertThat(page.bodies(BusAddress.LIVE).getFirst().getJsonArray("services"))
                    .hasSize(1);
        }
    }

    @Test
    void picturesEndWithThePage() {
        try (var page = page()) {
            page.send("register", BusAddress.LIVE.address(), null);
            await().until(fixture.teller::isTelling);
        }

        await().until(() -> !fixture.teller.isTelling());

        try (var another = page()) {
            another.send("register", BusAddress.LIVE.address(), null);
            await().untilAsserted(
                            () -> assertThat(another.bodies(BusAddress.LIVE)).isNotEmpty());
        }
    }

    @Test
    void answersQuestionsAboutServicesConnectionsAndChanges() {
        fixture.addService(WEB, RealServer.of(Endpoint.of("10.0.0.1", 8080), "nat", 1));
        var web = JsonObject.of("protocol", "tcp", "address", "10.0.0.100", "port", 80);
        var ofWeb = JsonObject.of("service", web, "client", "192.0.2.7");
        var deletion = JsonObject.of("address", "jlvs.service.delete", "payload", web);
        try (var page = page()) {
            assertThat(page.answer(BusAddress.SERVICE_LIVE, web).getString("name"))
                    .isEqualTo("10.0.0.100:80");
            assertThat(page.answer(BusAddress.CONNECTION_LIST, ofWeb).getInteger("total"))
                    .isZero();
            assertThat(page.answer(BusAddress.CONNECTION_EXPLAIN, ofWeb).getJsonArray("candidates"))
                    .hasSize(1);
            assertThat(page.answer(BusAddress.CHANGE_PREVIEW, deletion).getBoolean("valid"))
                    .isTrue();
        }
        assertThat(fixture.registry.current().services()).hasSize(1);
    }

    @Test
    void refusesQuestionsThatMakeNoSense() {
        fixture.addService(WEB);
        var web = JsonObject.of("protocol", "tcp", "address", "10.0.0.100", "port", 80);
        var nobody = JsonObject.of("protocol", "tcp", "address", "10.0.0.9", "port", 80);
        try (var page = page()) {
            assertThat(page.refusal(BusAddress.SERVICE_LIVE, nobody)).startsWith("NO_SUCH_SERVICE: ");
            assertThat(page.refusal(BusAddress.CONNECTION_LIST, JsonObject.of("service", nobody)))
                    .startsWith("NO_SUCH_SERVICE: ");
            assertThat(page.refusal(
                            BusAddress.CONNECTION_EXPLAIN, JsonObject.of("service", web, "client", "a.example")))
                    .startsWith("INVALID: ");
            assertThat(page.refusal(
                            BusAddress.CHANGE_PREVIEW,
                            JsonObject.of(
                                    "address",
                                    "jlvs.server.add",
                                    "payload",
                                    JsonObject.of("service", 5, "weight", "x"))))
                    .startsWith("INVALID: ");
            assertThat(page.refusal(
                            BusAddress.CHANGE_PREVIEW,
                            JsonObject.of("address", "jlvs.service.clear", "payload", new JsonObject())))
                    .startsWith("INVALID: ");
        }
    }

    @Test
    void garbageEndsTheConnection() {
        try (var page = page()) {
            page.socket.writeTextMessage("{");

            await().until(page.socket::isClosed);
            assertThat(page.got).containsExactly(JsonObject.of("type", "err", "body", "invalid_json"));
        }
    }

    @Test
    void sockJsIsSpokenToo() {
        var got = new CopyOnWriteArrayList<String>();
        var socket = sockJs(got);

        socket.writeTextMessage(sockJsRequests(1)).await();

        await().untilAsserted(
                        () -> assertThat(got).anyMatch(frame -> frame.startsWith("a[") && frame.contains("services")));
        socket.close();
    }

    @Test
    void sockJsClientThatAsksForMoreThanItReadsIsSentAway() {
        var socket = sockJs(new CopyOnWriteArrayList<>());

        socket.writeTextMessage(sockJsRequests(400));

        await().until(socket::isClosed);
    }

    private WebSocket sockJs(List<String> got) {
        var socket = fixture.webSockets
                .connect(fixture.port, "127.0.0.1", "/eventbus/000/abc/websocket")
                .await();
        socket.textMessageHandler(got::add);
        return socket;
    }

    private static String sockJsRequests(int count) {
        var request = JsonObject.of(
                "type", "send", "address", "jlvs.service.list", "body", new JsonObject(), "replyAddress", "r");
        return new JsonArray(Collections.nCopies(count, request.encode())).encode();
    }

    @Test
    void pagesOfTheBridgeAreBoundByThePolicyToo() throws Exception {
        assertThat(fixture.get("/eventbus/iframe.html")
                        .headers()
                        .firstValue("content-security-policy")
                        .orElseThrow())
                .contains("script-src 'self'", "frame-ancestors 'none'");
    }

    @Test
    void onlyWebSocketsLeadToTheBus() throws Exception {
        for (var way : List.of("eventsource", "htmlfile?c=f", "jsonp?c=f", "xhr", "xhr_streaming")) {
            var path = "/eventbus/0/session/" + way;
            assertThat(fixture.get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(fixture.send(path, request -> request.POST(BodyPublishers.noBody()))
                            .statusCode())
                    .as(path)
                    .isIn(404, 405);
        }
    }

    private void publish(BusAddress address, JlvsEvent event) {
        fixture.inside.publish(address, event);
    }

    private WebSocket connect(String origin) {
        return fixture.webSockets
                .connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(fixture.port)
                        .setURI("/eventbus/websocket")
                        .addHeader("Origin", origin))
                .await();
    }

    private Page page() {
        return new Page(connect("http://127.0.0.1:" + fixture.port));
    }

    /** A page that is open, speaking the frames of Vert.x's bridge. */
    private static final class Page implements AutoCloseable {

        private final WebSocket socket;
        private final List<JsonObject> got = new CopyOnWriteArrayList<>();
        private int asked;

        Page(WebSocket socket) {
            this.socket = socket;
            socket.textMessageHandler(text -> got.add(new JsonObject(text)));
            socket.binaryMessageHandler(bytes -> got.add(new JsonObject(bytes)));
        }

        JsonObject answer(BusAddress address, JsonObject question) {
            return ask(address, question).getJsonObject("body");
        }

        String refusal(BusAddress address, JsonObject question) {
            return ask(address, question).getString("message");
        }

        void send(String type, String address, @Nullable JsonObject body) {
            socket.writeTextMessage(JsonObject.of("type", type, "address", address, "body", body)
                            .encode())
                    .await();
        }

        JsonObject ask(BusAddress address, JsonObject body) {
            var reply = "reply-" + asked++;
            socket.writeTextMessage(new JsonObject()
                            .put("type", "send")
                            .put("address", address.address())
                            .put("body", body)
                            .put("replyAddress", reply)
                            .encode())
                    .await();
            await().until(() -> got.stream().anyMatch(frame -> reply.equals(frame.getString("address"))));
            return got.stream()
                    .filter(frame -> reply.equals(frame.getString("address")))
                    .findFirst()
                    .orElseThrow();
        }

        List<JsonObject> bodies(BusAddress address) {
            return got.stream()
                    .filter(frame -> address.address().equals(frame.getString("address")))
                    .map(frame -> frame.getJsonObject("body"))
                    .filter(Objects::nonNull)
                    .toList();
        }

        @Override
        public void close() {
            socket.close();
            await().until(socket::isClosed);
        }
    }
}
