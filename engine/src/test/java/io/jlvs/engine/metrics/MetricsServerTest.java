package io.jlvs.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.ServiceKey;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.DirectorEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);

    private final MetricsFixture fixture = new MetricsFixture();
    private final int port = MetricsServer.start(fixture.vertx, fixture.metrics, "127.0.0.1", 0)
            .await()
            .actualPort();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void servesMetricsAsText() throws Exception {
        var answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue(Metrics.CONTENT_TYPE);
        assertThat(answer.body()).contains("# TYPE jlvs_services gauge\njlvs_services 0\n");
    }

    @Test
    void isHealthyWhenNoServiceIsDown() throws Exception {
        var answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"up\",\"down\":[],\"overloaded\":[]}\n");
    }

    @Test
    void namesTheServicesThatAreDown() throws Exception {
        fixture.director.addService(WEB);
        fixture.publish(BusAddress.EVENT_DIRECTOR, new DirectorEvent.ServiceDown(0, WEB.toString(), "address in use"));

        var answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"degraded\"", "\"TCP 10.0.0.100:80\"");
    }

    @Test
    void turnsAwayOtherPathsAndMethods() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(send(request("/metrics").POST(BodyPublishers.noBody())).statusCode())
                .isEqualTo(405);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
