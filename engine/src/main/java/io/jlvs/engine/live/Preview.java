package io.jlvs.engine.live;

import static java.util.stream.Collectors.toSet;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.schedule.Rehearsal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What a change would do to the connections that there are, and to clients to come. Nothing is changed. */
final class Preview {

    /** Clients that are asked about, spread over 198.18.0.0/15 (RFC 2544) and 2001:db8::/32 (RFC 3849). */
    private static final int CLIENTS = 1000;

    private final Registry registry;
    private final DataPath dataPath;

    Preview(Registry registry, DataPath dataPath) {
        this.registry = registry;
        this.dataPath = dataPath;
    }

    JsonObject of(Command command) {
        var key = serviceOf(command);
        var before = registry.current().find(key);
        Optional<ServiceEntry> after;
        try {
            after = registry.rehearse(command).find(key);
        } catch (CommandException e) {
            return new JsonObject().put("valid", false).put("error", e.getMessage());
        }
        var connections = before.map(entry -> count(entry, endpoints(entry))).orElse(0L);
        var gone = before.map(entry -> gone(entry, after)).orElse(Set.of());
        var touched = before.map(entry -> count(entry, gone)).orElse(0L);
        var ended = dataPath.kind() == DataPathKind.EBPF ? touched : 0;
        var moved = before.isPresent() && after.isPresent() ? moved(before.get(), after.get()) : 0;
        return new JsonObject()
                .put("valid", true)
                .put("error", null)
                .put("connections", connections)
                .put("ended", ended)
                .put("kept", connections - ended)
                .put("newClientsMoved", moved)
                .put("sentences", new JsonArray(sentences(connections, touched, moved, before, after)));
    }

    private static ServiceKey serviceOf(Command command) {
        return switch (command) {
            case Command.AddService(var service) -> service.key();
            case Command.EditService(var service) -> service.key();
            case Command.DeleteService(var key) -> key;
            case Command.AddServer add -> add.service();
            case Command.EditServer edit -> edit.service();
            case Command.DeleteServer delete -> delete.service();
            case Command.Clear _, Command.Zero _ ->
                throw new IllegalArgumentException("$.address: expected a change of one service or real server");
        };
    }

    /** Servers that are there before and not after. */
    private static Set<Endpoint> gone(ServiceEntry before, Optional<ServiceEntry> after) {
        var gone = new HashSet<>(endpoints(before));
        after.ifPresent(entry -> gone.removeAll(endpoints(entry)));
        return gone;
    }

    private static Set<Endpoint> endpoints(ServiceEntry entry) {
        return entry.servers().stream().map(RealServer::endpoint).collect(toSet());
    }

    /** The connections of some of its servers. */
    private long count(ServiceEntry entry, Set<Endpoint> servers) {
        return servers.stream()
                .map(endpoint -> dataPath.load(new ServerId(entry.key(), endpoint)))
                .mapToLong(load -> load.active() + load.inactive())
                .sum();
    }

    private double moved(ServiceEntry before, ServiceEntry after) {
        var extensions = registry.extensions();
        var now = new Rehearsal(before, dataPath, extensions);
        var then = new Rehearsal(after, dataPath, extensions);
        return now.hash().isPresent() && then.hash().isPresent()
                ? movedClients(now, then, before.key())
                : movedShare(now, then);
    }

    private static double movedClients(Rehearsal now, Rehearsal then, ServiceKey service) {
        var moved = IntStream.range(0, CLIENTS)
                .mapToObj(number -> client(service, number))
                .filter(client -> !now.pick(client).equals(then.pick(client)))
                .count();
        return (double) moved / CLIENTS;
    }

    /** A mark says nothing of virtual addresses: they are as many as clients. */
    private static Flow client(ServiceKey service, int number) {
        return switch (service) {
            case ServiceKey.Address(var protocol, var virtual) ->
                new Flow(protocol, client(AddressFamily.of(virtual.address()), number), virtual);
            case ServiceKey.FirewallMark mark -> {
                var client = client(mark.family(), number);
                yield new Flow(Protocol.TCP, client, client);
            }
        };
    }

    private static Endpoint client(AddressFamily family, int number) {
        var address = family == AddressFamily.IPV4
                ? "198." + (18 + number % 2) + "." + number / 4 % 256 + "." + (1 + number * 7 % 250)
                : "2001:db8:" + Integer.toHexString(number) + "::" + Integer.toHexString(1 + number * 7);
        return Endpoint.of(address, 1024 + number * 37 % 60_000);
    }

    /** How much of the whole goes to another server: half of what all shares differ by. */
    private static double movedShare(Rehearsal now, Rehearsal then) {
        var before = now.shares();
        var after = then.shares();
        var servers = new HashSet<>(before.keySet());
        servers.addAll(after.keySet());
        return servers.stream()
                        .mapToDouble(
                                server -> Math.abs(before.getOrDefault(server, 0.0) - after.getOrDefault(server, 0.0)))
                        .sum()
                / 2;
    }

    private List<String> sentences(
            long connections, long touched, double moved, Optional<ServiceEntry> before, Optional<ServiceEntry> after) {
        var sentences = new ArrayList<String>();
        if (touched > 0 && dataPath.kind() == DataPathKind.EBPF) {
            sentences.add("%,d of %,d connections end: their packets are dropped unless their server comes back."
                    .formatted(touched, connections));
        } else if (touched > 0) {
            sentences.add("%,d of %,d connections lose their server but go on until they end."
                    .formatted(touched, connections));
        } else {
            sentences.add("No connection that is open now ends (%,d).".formatted(connections));
        }
        if (before.isPresent() && after.isPresent()) {
            sentences.add("About %.0f %% of new clients go to another server than now.".formatted(100 * moved));
        }
        after.filter(entry -> entry.servers().stream().noneMatch(server -> server.weight() > 0))
                .ifPresent(
                        _ -> sentences.add("No server is left that takes new connections: clients will be refused."));
        if (after.isEmpty()) {
            sentences.add("The service is gone: new clients find nothing at its address.");
        }
        return sentences;
    }
}
