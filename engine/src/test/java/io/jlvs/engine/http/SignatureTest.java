package io.jlvs.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.bus.BusAddress;
import io.jlvs.engine.bus.CommandBus;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is said to ask, when a page asks. */
class SignatureTest {

    private static final JsonObject SERVICE =
            JsonObject.of("protocol", "tcp", "address", "10.0.0.100", "port", 80, "scheduler", "rr");

    private final HttpFixture fixture = new HttpFixture(ConsoleAccess.CHANGE);
    private final List<List<String>> signed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        fixture.vertx.eventBus().addInboundInterceptor(delivery -> {
            if (delivery.message().address().equals(BusAddress.SERVICE_ADD.address())) {
                signed.add(delivery.message().headers().getAll(CommandBus.BY));
            }
            delivery.next();
        });
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void pageCannotSayThatSomebodyElseAsks() {
        var page = page();
        for (var headers : List.of(
                JsonObject.of("jlvs-by", "root with ipvsadm"), JsonObject.of("JLVS-By", "root with ipvsadm"), "text")) {
            page.writeTextMessage(asked(headers).encode()).await();
        }

        await().untilAsserted(() -> assertThat(signed).hasSize(3).containsOnly(List.of("127.0.0.1 with the console")));
    }

    private WebSocket page() {
        return fixture.webSockets
                .connect(fixture.port, "127.0.0.1", "/eventbus/websocket")
                .await();
    }

    private static JsonObject asked(Object headers) {
        return JsonObject.of(
                "type", "send", "address", BusAddress.SERVICE_ADD.address(), "body", SERVICE, "headers", headers);
    }
}
