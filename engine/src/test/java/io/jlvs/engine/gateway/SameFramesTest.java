package io.jlvs.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.bus.BusAddress;
import io.jlvs.engine.bus.Role;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.BridgeOptions;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.eventbus.bridge.tcp.TcpEventBusBridge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of Vert.x's own TCP bridge find here what they know: both get the same frames, and send the same. */
class SameFramesTest {

    private static final int ORIGINAL = 28_431; // it does not tell which one it has taken

    private final Inside inside = new Inside();
    private final int port = TcpGateway.start(
                    inside.outside,
                    new TcpOptions("127.0.0.1", 0, Optional.empty(), Optional.of(Role.OBSERVER)),
                    TcpGateway.of(inside.common, Optional.of(Role.OBSERVER)))
            .await()
            .actualPort();

    @AfterEach
    void close() {
        inside.close();
    }

    @Test
    void answersAreThoseOfTheOriginal() {
        var options = new BridgeOptions()
                .addInboundPermitted(new PermittedOptions().setAddress("jlvs.status"))
                .addInboundPermitted(new PermittedOptions().setAddress("jlvs.service.live"))
                .addOutboundPermitted(new PermittedOptions().setAddress("jlvs.live"));
        TcpEventBusBridge.create(inside.vertx, options)
                .listen(ORIGINAL, "127.0.0.1")
                .await();
        var nobody = JsonObject.of("protocol", "tcp", "address", "10.0.0.9", "port", 80);
        for (var frame : List.of(
                JsonObject.of("type", "ping"),
                request("jlvs.status", new JsonObject()),
                request("jlvs.service.live", nobody),
                request("jlvs.service.live", new JsonObject()),
                JsonObject.of("type", "send", "address", "jlvs.service.clear", "body", new JsonObject()),
                JsonObject.of("type", "publish", "address", "jlvs.service.clear", "body", new JsonObject()),
                JsonObject.of("type", "register", "address", "jlvs.pipeline.0"),
                JsonObject.of("type", "unregister", "address", "jlvs.live"))) {
            assertThat(answer(port, frame)).as(frame.encode()).isNotEmpty();
            assertThat(answer(ORIGINAL, frame)).as(frame.encode()).containsAllEntriesOf(answer(port, frame));
        }
    }

    @Test
    void publishedIsToldAsByTheOriginal() {
        var picture = JsonObject.of("time", 7);
        try (var sibling = Sibling.at(port).register(BusAddress.LIVE).settle()) {
            inside.vertx.eventBus().publish("jlvs.live", picture);

            var frame = sibling.next();
            while (!picture.equals(frame.getJsonObject("body"))) { // pictures of the director's own
                frame = sibling.next();
            }
            assertThat(frame.getString("type")).isEqualTo("message");
            assertThat(frame.getString("address")).isEqualTo("jlvs.live");
        }
    }

    private static JsonObject request(String address, JsonObject body) {
        return JsonObject.of("type", "send", "address", address, "body", body, "replyAddress", "r1");
    }

    private static Map<String, Object> answer(int port, JsonObject frame) {
        try (var sibling = Sibling.at(port).send(frame)) {
            return sibling.any().getMap();
        }
    }
}
