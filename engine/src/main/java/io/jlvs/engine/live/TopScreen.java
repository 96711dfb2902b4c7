package io.jlvs.engine.live;

import static io.jlvs.engine.live.Quantities.bar;
import static io.jlvs.engine.live.Quantities.bits;
import static io.jlvs.engine.live.Quantities.number;
import static io.jlvs.engine.live.Quantities.time;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@link Live} as a page of text: what {@code jlvs top} shows. */
public final class TopScreen {

    private static final String RESET = "\033[0m";
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String BOLD = "1";
    private static final String LINE = "%-30s %-8s %6s %8s %8s %8s %8s %8s  %s";

    private final Live live;

    public TopScreen(Live live) {
        this.live = live;
    }

    /** By what services are ordered. */
    public enum Order {
        TRAFFIC,
        CONNECTIONS,
        NAME
    }

    /**
     * What is wanted of a page.
     *
     * @param columns at most so wide
     * @param lines at most so many
     * @param coloured whether states have colours, by the sequences of ECMA-48
     * @param filter only services whose name contains it; all when empty
     */
    public record Wanted(int columns, int lines, boolean coloured, Order order, String filter) {}

    /** The page, each line ended. Blocks. */
    public String draw(Wanted wanted) {
        var overview = live.overview();
        var page = new ArrayList<String>();
        head(page, overview.total(), wanted);
        page.add("");
        page.add(LINE.formatted(
                "SERVICE / server", "by/mode", "weight", "conn/s", "active", "inactive", "in", "out", "share"));
        overview.services().stream()
                .filter(service -> service.name().contains(wanted.filter()))
                .sorted(comparator(wanted.order()))
                .forEach(service -> service(page, service, wanted));
        var text = new StringBuilder();
        page.stream()
                .limit(wanted.lines())
                .forEach(line -> text.append(cut(line, wanted.columns())).append('\n'));
        return text.toString();
    }

    private static Comparator<ServicePicture> comparator(Order order) {
        return switch (order) {
            case TRAFFIC -> Comparator.comparingDouble(ServicePicture::busy).reversed();
            case CONNECTIONS -> Comparator.comparingLong(ServicePicture::active).reversed();
            case NAME -> Comparator.comparing(ServicePicture::name);
        };
    }

    private static void head(List<String> page, JsonObject total, Wanted wanted) {
        var director = total.getJsonObject("director");
        var rates = total.getJsonObject("rates");
        var down = list(director, "down");
        page.add("JLVS %s   %s   data path %s   up %s   configuration %d"
                .formatted(
                        director.getString("version"),
                        down.isEmpty()
                                ? coloured("all services up", GREEN, wanted)
                                : coloured("DOWN: " + down, RED, wanted),
                        director.getString("datapath"),
                        time(director.getLong("uptimeSeconds")),
                        director.getLong("configuration")));
        page.add("new %s/s   active %s   inactive %s   in %s   out %s   refused %s/s   dropped %s/s"
                .formatted(
                        number(rates.getDouble("connections")),
                        number(total.getLong("active")),
                        number(total.getLong("inactive")),
                        bits(rates.getDouble("inBytes")),
                        bits(rates.getDouble("outBytes")),
                        alarm(total.getDouble("refusedPerSecond"), wanted),
                        alarm(total.getDouble("droppedPerSecond"), wanted)));
        table(page, director);
        var shortages = list(director, "overloaded");
        if (!shortages.isEmpty()) {
            page.add(coloured("SHORT OF: " + shortages, RED, wanted));
        }
    }

    private static void table(List<String> page, JsonObject director) {
        var capacity = director.getLong("tableCapacity");
        if (capacity > 0) {
            var full = (double) director.getLong("tableEntries") / capacity;
            page.add("connection table %s %.1f %% of %s".formatted(bar(full), 100 * full, number(capacity)));
        }
    }

    private static void service(List<String> page, ServicePicture service, Wanted wanted) {
        var json = service.toJson();
        var name = json.getString("protocol").toUpperCase(Locale.ROOT) + " " + service.name();
        var line = line(name, json.getString("scheduler"), "", json, service.up() ? "" : "DOWN");
        page.add(coloured(line, service.up() ? BOLD : BOLD + ";" + RED, wanted));
        var all = service.speeds().inBytes() + service.speeds().outBytes();
        service.entry().servers().forEach(server -> page.add(server(service.toJson(server), all, wanted)));
    }

    private static String server(JsonObject server, double all, Wanted wanted) {
        var rates = server.getJsonObject("rates");
        var share = all == 0 ? 0 : (rates.getDouble("inBytes") + rates.getDouble("outBytes")) / all;
        var state = server.getString("state");
        var line = line(
                "  " + server.getString("name"),
                server.getString("mode"),
                server.getInteger("weight").toString(),
                server,
                bar(share) + (state.equals("up") ? "" : " " + state.toUpperCase(Locale.ROOT)));
        return switch (state) {
            case "failing" -> coloured(line, RED, wanted);
            case "quiesced", "overloaded" -> coloured(line, YELLOW, wanted);
            default -> line;
        };
    }

    private static String line(String name, String by, String weight, JsonObject figures, String end) {
        var rates = figures.getJsonObject("rates");
        return LINE.formatted(
                        name,
                        by,
                        weight,
                        number(rates.getDouble("connections")),
                        number(figures.getLong("active")),
                        number(figures.getLong("inactive")),
                        bits(rates.getDouble("inBytes")),
                        bits(rates.getDouble("outBytes")),
                        end)
                .stripTrailing();
    }

    private static String list(JsonObject director, String key) {
        return String.join(
                ", ", director.getJsonArray(key).stream().map(Object::toString).toList());
    }

    private static String alarm(double perSecond, Wanted wanted) {
        return perSecond > 0 ? coloured(number(perSecond), RED, wanted) : "0";
    }

    private static String coloured(String text, String colour, Wanted wanted) {
        return wanted.coloured() ? "\033[" + colour + "m" + text + RESET : text;
    }

    /** Sequences of colours take no room. */
    private static String cut(String line, int columns) {
        int room = columns;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\033') {
                i = line.indexOf('m', i);
            } else if (room-- == 0) {
                return line.substring(0, i) + (line.indexOf('\033') >= 0 ? RESET : "");
            }
        }
        return line;
    }
}
