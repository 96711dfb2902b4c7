package io.jlvs.api.json;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Addresses;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Persistence;
import io.jlvs.api.Protocol;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Thresholds;
import io.jlvs.api.Tunnel;
import io.jlvs.api.VirtualService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The model as JSON, in the words of the schemas beside {@link io.jlvs.api.bus.BusAddress}. Nothing is ever null: what is
 * absent has its default. Reading throws {@link IllegalArgumentException} with the place of the error, such as
 * {@code $.servers[0].port}, and what was expected there.
 */
public final class ModelJson {

    private ModelJson() {}

    /** A service and its servers, the newest first. */
    public static JsonObject toJson(ServiceEntry entry) {
        return toJson(entry.service()).put("servers", array(entry.servers(), ModelJson::toJson));
    }

    public static JsonObject toJson(VirtualService service) {
        var json = toJson(service.key())
                .put("scheduler", service.scheduler())
                .put("flags", array(service.flags().stream().sorted().toList(), JsonReader::word))
                .put("onePacket", service.onePacket())
                .put("proxyProtocol", JsonReader.word(service.proxyProtocol()));
        return service.persistence() == null ? json : json.put("persistence", toJson(service.persistence()));
    }

    public static JsonObject toJson(ServiceKey key) {
        return switch (key) {
            case ServiceKey.Address(var protocol, var virtual) ->
                new JsonObject().put("protocol", protocol.lowerName()).mergeIn(toJson(virtual));
            case ServiceKey.FirewallMark(var mark, var family) ->
                JsonObject.of("fwmark", mark, "family", JsonReader.word(family));
        };
    }

    public static JsonObject toJson(RealServer server) {
        return toJson(server.endpoint())
                .put("mode", server.mode())
                .put("weight", server.weight())
                .put("upperThreshold", server.thresholds().upper())
                .put("lowerThreshold", server.thresholds().lower())
                .put("tunnel", toJson(server.tunnel()));
    }

    public static JsonObject toJson(Endpoint endpoint) {
        return JsonObject.of("address", Addresses.format(endpoint.address()), "port", endpoint.port());
    }

    /** The entries under the key {@code services}, no two with the same key; none when it is absent. */
    public static List<ServiceEntry> serviceEntries(JsonObject json) {
        var seen = new HashSet<ServiceKey>();
        return new JsonReader(json)
                .objects("services").stream()
                        .map(in -> in.make(() -> requireNew(serviceEntry(in), seen)))
                        .toList();
    }

    public static ServiceEntry serviceEntry(JsonObject json) {
        return serviceEntry(new JsonReader(json));
    }

    public static VirtualService virtualService(JsonObject json) {
        return virtualService(new JsonReader(json));
    }

    public static ServiceKey serviceKey(JsonObject json) {
        return serviceKey(new JsonReader(json));
    }

    public static RealServer realServer(JsonObject json) {
        return realServer(new JsonReader(json));
    }

    public static Endpoint endpoint(JsonObject json) {
        return endpoint(new JsonReader(json));
    }

    static ServiceEntry serviceEntry(JsonReader in) {
        var seen = new HashSet<Endpoint>();
        var servers = in.objects("servers").stream()
                .map(server -> server.make(() -> requireNew(realServer(server), seen)))
                .toList();
        return new ServiceEntry(virtualService(in), servers);
    }

    static VirtualService virtualService(JsonReader in) {
        var key = serviceKey(in);
        return in.make(() -> new VirtualService(
                key,
                in.text("scheduler", VirtualService.DEFAULT_SCHEDULER),
                Set.copyOf(in.words("flags", SchedulerFlag.class)),
                in.optionalObject("persistence")
                        .map(persistence -> persistence(persistence, key.family()))
                        .orElse(null),
                in.flag("onePacket"),
                in.word("proxyProtocol", ProxyProtocol.NONE)));
    }

    static ServiceKey serviceKey(JsonReader in) {
        return in.has("fwmark")
                ? in.make(() -> new ServiceKey.FirewallMark(in.number("fwmark"), in.word("family", AddressFamily.IPV4)))
                : new ServiceKey.Address(in.word("protocol", Protocol.class), endpoint(in));
    }

    static RealServer realServer(JsonReader in) {
        return in.make(() -> new RealServer(
                endpoint(in),
                in.text("mode"),
                in.integer("weight", 1),
                new Thresholds(in.integer("upperThreshold", 0), in.integer("lowerThreshold", 0)),
                in.optionalObject("tunnel").map(ModelJson::tunnel).orElse(Tunnel.IPIP)));
    }

    static Endpoint endpoint(JsonReader in) {
        return in.make(() -> new Endpoint(in.address("address"), in.integer("port")));
    }

    /** A list of what {@code toJson} makes of each. */
    static <T> JsonArray array(Collection<T> values, Function<T, ?> toJson) {
        var array = new JsonArray();
        values.forEach(value -> array.add(toJson.apply(value)));
        return array;
    }

    private static ServiceEntry requireNew(ServiceEntry entry, Set<ServiceKey> seen) {
        if (!seen.add(entry.key())) {
            throw new IllegalArgumentException("the virtual service " + entry.key() + " is there twice");
        }
        return entry;
    }

    private static RealServer requireNew(RealServer server, Set<Endpoint> seen) {
        if (!seen.add(server.endpoint())) {
            throw new IllegalArgumentException("the real server " + server.endpoint() + " is there twice");
        }
        return server;
    }

    private static JsonObject toJson(Persistence persistence) {
        var json = JsonObject.of("timeoutSeconds", persistence.timeoutSeconds());
        if (persistence.netmask() instanceof Inet4Address) {
            json.put("netmask", Addresses.format(persistence.netmask()));
        } else {
            json.put("prefix", persistence.prefix());
        }
        return persistence.engine() == null ? json : json.put("engine", persistence.engine());
    }

    private static Persistence persistence(JsonReader in, AddressFamily family) {
        return in.make(() -> new Persistence(
                in.integer("timeoutSeconds", Persistence.DEFAULT_TIMEOUT_SECONDS), netmask(in, family), engine(in)));
    }

    private static InetAddress netmask(JsonReader in, AddressFamily family) {
        if (!in.has("netmask")) {
            return in.has("prefix")
                    ? Persistence.prefixMask(family, in.integer("prefix"))
                    : Persistence.fullMask(family);
        }
        var mask = in.address("netmask");
        if (AddressFamily.of(mask) != family) {
            throw in.wrong("netmask", family == AddressFamily.IPV4 ? "an IPv4 mask" : "'prefix' for an IPv6 service");
        }
        return mask;
    }

    private static @Nullable String engine(JsonReader in) {
        return in.has("engine") ? in.text("engine") : null;
    }

    private static JsonObject toJson(Tunnel tunnel) {
        return JsonObject.of(
                "type", JsonReader.word(tunnel.type()),
                "port", tunnel.port(),
                "checksum", JsonReader.word(tunnel.checksum()));
    }

    private static Tunnel tunnel(JsonReader in) {
        return in.make(() -> new Tunnel(
                in.word("type", Tunnel.Type.IPIP), in.integer("port", 0), in.word("checksum", Tunnel.Checksum.NONE)));
    }
}
