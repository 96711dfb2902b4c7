package io.jlvs.api.json;

import static io.jlvs.api.json.JsonReader.word;
import static java.util.stream.Collectors.toSet;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.RefusalReason;
import io.vertx.core.json.JsonObject;

/** Connection events as JSON. */
final class ConnectionEventJson {

    private ConnectionEventJson() {}

    static JsonObject toJson(ConnectionEvent event) {
        return switch (event) {
            case ConnectionRequested e ->
                of("connection.requested", e).put("unreachable", ModelJson.array(e.unreachable(), ModelJson::toJson));
            case ConnectionScheduled e ->
                of("connection.scheduled", e)
                        .put("server", ModelJson.toJson(e.server()))
                        .put("scheduler", e.scheduler())
                        .put("how", word(e.how()))
                        .put("pickNanos", e.pickNanos());
            case ConnectionOpened e ->
                of("connection.opened", e)
                        .put("server", ModelJson.toJson(e.server()))
                        .put("connectNanos", e.connectNanos());
            case ConnectionClosed e ->
                of("connection.closed", e)
                        .put("server", ModelJson.toJson(e.server()))
                        .put("inBytes", e.inBytes())
                        .put("outBytes", e.outBytes())
                        .put("durationNanos", e.durationNanos())
                        .put("cause", word(e.cause()));
            case ConnectionRefused e -> of("connection.refused", e).put("reason", word(e.reason()));
        };
    }

    static ConnectionEvent event(String type, JsonReader in) {
        var at = in.number("at");
        var id = in.number("id");
        var service = ModelJson.serviceKey(in.object("service"));
        var flow = flow(in.object("flow"));
        return switch (type) {
            case "connection.requested" ->
                new ConnectionRequested(
                        at,
                        id,
                        service,
                        flow,
                        in.objects("unreachable").stream()
                                .map(ModelJson::endpoint)
                                .collect(toSet()));
            case "connection.scheduled" ->
                new ConnectionScheduled(
                        at,
                        id,
                        service,
                        flow,
                        server(in),
                        in.text("scheduler"),
                        in.word("how", ConnectionScheduled.How.class),
                        in.number("pickNanos"));
            case "connection.opened" ->
                new ConnectionOpened(at, id, service, flow, server(in), in.number("connectNanos"));
            case "connection.closed" ->
                new ConnectionClosed(
                        at,
                        id,
                        service,
                        flow,
                        server(in),
                        in.number("inBytes"),
                        in.number("outBytes"),
                        in.number("durationNanos"),
                        in.word("cause", ConnectionClosed.Cause.class));
            case "connection.refused" ->
                new ConnectionRefused(at, id, service, flow, in.word("reason", RefusalReason.class));
            default -> throw EventJson.unknown(in);
        };
    }

    private static JsonObject of(String type, ConnectionEvent event) {
        return EventJson.typed(type, event.at())
                .put("id", event.id())
                .put("service", ModelJson.toJson(event.service()))
                .put("flow", toJson(event.flow()));
    }

    private static JsonObject toJson(Flow flow) {
        return JsonObject.of(
                "protocol", flow.protocol().lowerName(),
                "client", ModelJson.toJson(flow.client()),
                "virtual", ModelJson.toJson(flow.virtual()));
    }

    private static Flow flow(JsonReader in) {
        return new Flow(
                in.word("protocol", Protocol.class),
                ModelJson.endpoint(in.object("client")),
                ModelJson.endpoint(in.object("virtual")));
    }

    private static Endpoint server(JsonReader in) {
        return ModelJson.endpoint(in.object("server"));
    }
}
