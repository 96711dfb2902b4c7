package io.jlvs.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.event.DirectorEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is served to machines. */
class HttpFaceTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);

    private final HttpFixture fixture = new HttpFixture(ConsoleAccess.OFF);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void servesMetricsAsText() throws Exception {
        var answer = fixture.get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue(MetricsPart.CONTENT_TYPE);
        assertThat(answer.body()).isEqualTo("jlvs_services 0\n");
    }

    @Test
    void isHealthyWhenNoServiceIsDown() throws Exception {
        var answer = fixture.get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"up\",\"down\":[],\"overloaded\":[]}\n");
    }

    @Test
    void namesTheServicesThatAreDown() throws Exception {
        fixture.health.on(new DirectorEvent.ServiceDown(0, WEB.toString(), "address in use"));

        var answer = fixture.get("/health");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"degraded\"", "\"TCP 10.0.0.100:80\"");
    }

    @Test
    void listsRealServersForPrometheus() throws Exception {
        fixture.addService(WEB, RealServer.of(Endpoint.of("10.0.0.1", 8080), "nat", 3));
        fixture.addService(
                new ServiceKey.FirewallMark(7, AddressFamily.IPV6),
                RealServer.of(Endpoint.of("2001:db8::1", 0), "nat", 1));

        var answer = fixture.get("/sd/servers");

        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/json");
        assertThat(new JsonArray(answer.body()))
                .containsExactly(
                        group("10.0.0.1:8080", "tcp", "10.0.0.100:80", "10.0.0.1:8080", "3"),
                        group("2001:db8::1", "fwm", "7 IPv6", "[2001:db8::1]:0", "1"));
    }

    private static JsonObject group(String target, String protocol, String service, String server, String weight) {
        var labels = new JsonObject()
                .put("protocol", protocol)
                .put("service", service)
                .put("server", server)
                .put("mode", "nat")
                .put("weight", weight)
                .put("scheduler", "rr");
        return JsonObject.of("targets", JsonArray.of(target), "labels", labels);
    }

    @Test
    void namesItselfForPrometheus() throws Exception {
        assertThat(new JsonArray(fixture.get("/sd/directors").body()))
                .containsExactly(JsonObject.of(
                        "targets", JsonArray.of("127.0.0.1:" + fixture.port), "labels", new JsonObject()));
    }

    @Test
    void turnsAwayOtherPathsAndMethods() throws Exception {
        assertThat(fixture.get("/").statusCode()).isEqualTo(404);
        assertThat(fixture.get("/eventbus/info").statusCode()).isEqualTo(404);
        assertThat(fixture.send("/metrics", request -> request.POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
    }
}
