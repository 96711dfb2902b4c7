package io.jlvs.engine.live;

import io.jlvs.api.CommandException;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.LatencyHistogram;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.json.ModelJson;
import io.jlvs.engine.live.Window.Reading;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Health;
import io.jlvs.engine.stats.Refusals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The picture that a console shows. Rates are those of the last second or so. All methods block; for any thread. */
public final class Live {

    private static final int BUSIEST = 30;
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final long WINDOW = Duration.ofMillis(900).toNanos();
    private static final long FORGET = Duration.ofSeconds(10).toNanos();

    private final Registry registry;
    private final DataPath dataPath;
    private final Health health;
    private final Refusals refusals;
    private final Supplier<JsonObject> status;
    private final List<Reading> readings = new ArrayList<>();
    private final Unreachable unreachable = new Unreachable();

    /** @param status of the director */
    public Live(Registry registry, DataPath dataPath, Health health, Refusals refusals, Supplier<JsonObject> status) {
        this.registry = registry;
        this.dataPath = dataPath;
        this.health = health;
        this.refusals = refusals;
        this.status = status;
    }

    /** Takes note of what happens to connections. */
    public void on(ConnectionEvent event) {
        unreachable.on(event);
    }

    /** The director and its busiest services, in the shape of {@code jlvs.live}. */
    public JsonObject picture() {
        var all = overview();
        var told = all.services().stream().limit(BUSIEST).toList();
        return all.total()
                .put("services", array(told))
                .put("more", all.services().size() - told.size());
    }

    /**
     * The same, whole.
     *
     * @param total {@code jlvs.live} without services
     * @param services all, the busiest first
     */
    record Overview(JsonObject total, List<ServicePicture> services) {}

    Overview overview() {
        var window = look();
        unreachable.retain(this::isConfigured);
        var services = registry.current().services().stream()
                .map(entry -> new ServicePicture(entry, window, dataPath, unreachable, health.isUp(entry.key())))
                .sorted(Comparator.comparingDouble(ServicePicture::busy)
                        .reversed()
                        .thenComparing(ServicePicture::name))
                .toList();
        return new Overview(total(services, window), services);
    }

    /**
     * One service.
     *
     * @param reference its key
     * @throws CommandException with {@code NO_SUCH_SERVICE}
     */
    public JsonObject service(JsonObject reference) {
        var key = ModelJson.serviceKey(reference);
        var entry = registry.current()
                .find(key)
                .orElseThrow(
                        () -> new CommandException(ErrorCode.NO_SUCH_SERVICE, "there is no virtual service " + key));
        return new ServicePicture(entry, look(), dataPath, unreachable, health.isUp(key)).toJson();
    }

    /**
     * The first services that fit, in the order of their making, and how many there are in all: {@code {"services": [...],
     * "total": n}}.
     *
     * @param payload words under {@code text}, each of which has to be found in a service
     */
    public JsonObject search(JsonObject payload) {
        var words = SPACES.split(payload.getString("text").strip().toLowerCase(Locale.ROOT), -1);
        var found = registry.current().services().stream()
                .filter(entry -> Arrays.stream(words).allMatch(ServicePicture.words(entry)::contains))
                .toList();
        var window = look();
        var told = found.stream()
                .limit(BUSIEST)
                .map(entry -> new ServicePicture(entry, window, dataPath, unreachable, health.isUp(entry.key())))
                .toList();
        return JsonObject.of("services", array(told), "total", found.size());
    }

    private boolean isConfigured(ServerId id) {
        return registry.current().find(id.service()).stream()
                .flatMap(entry -> entry.servers().stream())
                .anyMatch(server -> server.endpoint().equals(id.server()));
    }

    private JsonObject total(List<ServicePicture> services, Window window) {
        var rates = Window.Speeds.NONE;
        long active = 0;
        long inactive = 0;
        double refused = 0;
        for (var service : services) {
            rates = rates.plus(service.speeds());
            active += service.active();
            inactive += service.inactive();
            refused += service.refusedPerSecond();
        }
        return new JsonObject()
                .put("time", System.currentTimeMillis())
                .put("director", director(active + inactive))
                .put("rates", ServicePicture.toJson(rates))
                .put("active", active)
                .put("inactive", inactive)
                .put("refusedPerSecond", refused)
                .put("droppedPerSecond", window.droppedPerSecond());
    }

    private JsonObject director(long connections) {
        var table = dataPath.figures().tables().get("connections");
        return status.get()
                .put("status", health.down().isEmpty() ? "up" : "degraded")
                .put("down", new JsonArray(health.down().stream().toList()))
                .put("overloaded", new JsonArray(health.shortages().stream().toList()))
                .put("tableEntries", table == null ? connections : table.entries())
                .put("tableCapacity", table == null ? 0 : table.capacity());
    }

    private static JsonArray array(List<ServicePicture> services) {
        var array = new JsonArray();
        services.forEach(service -> array.add(service.toJson()));
        return array;
    }

    /** The counters now, and about a second ago where there was somebody to look then. */
    private synchronized Window look() {
        var now = read();
        while (readings.size() > 1 && now.nanos() - readings.get(1).nanos() >= WINDOW) {
            readings.removeFirst();
        }
        if (!readings.isEmpty() && now.nanos() - readings.getLast().nanos() > FORGET) {
            readings.clear();
        }
        readings.addLast(now);
        return new Window(readings.getFirst(), now);
    }

    private Reading read() {
        var traffic = dataPath.traffic();
        var refused = new HashMap<ServiceKey, Long>();
        var latencies = new HashMap<ServerId, LatencyHistogram>();
        for (var entry : registry.current().services()) {
            refused.put(entry.key(), refusals.count(entry.key()));
            entry.servers().forEach(server -> {
                var id = new ServerId(entry.key(), server.endpoint());
                latencies.put(id, dataPath.connectLatency(id));
            });
        }
        var dropped =
                dataPath.drops().values().stream().mapToLong(Long::longValue).sum();
        return new Reading(System.nanoTime(), traffic, refused, dropped, latencies);
    }
}
