package io.jlvs.api.json;

import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.report.DirectorReport;
import io.jlvs.api.report.LiveServer;
import io.jlvs.api.report.LiveService;
import io.jlvs.api.report.Rates;
import io.jlvs.api.report.ServerReport;
import io.jlvs.api.report.ServiceReport;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** Reads replies. Keys that are not known are left out; what is wrong is an {@link IllegalArgumentException}. */
public final class ReportJson {

    private ReportJson() {}

    /** Of {@code jlvs.service.list}. */
    public static List<ServiceReport> services(JsonObject json) {
        return new JsonReader(json)
                .objects("services").stream().map(ReportJson::service).toList();
    }

    /** Of {@code jlvs.status}. */
    public static DirectorReport director(JsonObject json) {
        var in = new JsonReader(json);
        return new DirectorReport(
                in.text("version"),
                in.text("api"),
                in.text("datapath"),
                Duration.ofSeconds(in.number("uptimeSeconds")),
                in.number("configuration"),
                in.integer("services"),
                in.integer("servers"));
    }

    /** Of {@code jlvs.service.live}. */
    public static LiveService live(JsonObject json) {
        var in = new JsonReader(json);
        return new LiveService(
                ModelJson.serviceKey(in.object("key")),
                in.text("scheduler"),
                in.flag("up"),
                in.number("active"),
                in.number("inactive"),
                rates(in.object("rates")),
                in.decimal("refusedPerSecond"),
                in.objects("servers").stream().map(ReportJson::liveServer).toList());
    }

    /** The version that a change has made. */
    public static long version(JsonObject json) {
        return new JsonReader(json).number("version");
    }

    private static ServiceReport service(JsonReader in) {
        return new ServiceReport(
                ModelJson.virtualService(in),
                traffic(in.object("traffic")),
                rates(in.object("rates")),
                in.objects("servers").stream().map(ReportJson::server).toList());
    }

    private static ServerReport server(JsonReader in) {
        return new ServerReport(
                ModelJson.realServer(in),
                traffic(in.object("traffic")),
                rates(in.object("rates")),
                in.number("active"),
                in.number("inactive"));
    }

    private static LiveServer liveServer(JsonReader in) {
        return new LiveServer(
                ModelJson.realServer(in),
                in.word("state", LiveServer.State.class),
                in.number("active"),
                in.number("inactive"),
                rates(in.object("rates")),
                in.isNull("connectMillis") ? OptionalDouble.empty() : OptionalDouble.of(in.decimal("connectMillis")));
    }

    private static Traffic traffic(JsonReader in) {
        return new Traffic(
                in.number("connections"),
                in.number("inPackets"),
                in.number("outPackets"),
                in.number("inBytes"),
                in.number("outBytes"));
    }

    private static Rates rates(JsonReader in) {
        return new Rates(
                in.decimal("connections"),
                in.decimal("inPackets"),
                in.decimal("outPackets"),
                in.decimal("inBytes"),
                in.decimal("outBytes"));
    }
}
