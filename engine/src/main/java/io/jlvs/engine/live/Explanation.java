package io.jlvs.engine.live;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.TrackedConnection;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.schedule.Rehearsal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a client went where it went, as far as is known. */
final class Explanation {

    private static final int ANY_PORT = 1024; // schedulers that look at the port want one

    private final ServiceEntry entry;
    private final Endpoint client;
    private final DataPath dataPath;
    private final Optional<TrackedConnection> connection;
    private final Optional<ConnectionScheduled> pick;
    private final Optional<Endpoint> again;
    private final List<String> sentences = new ArrayList<>();

    /**
     * Looks everything up.
     *
     * @param client of whom; port 0 means any
     * @param connections of this client
     */
    Explanation(
            ServiceEntry entry,
            Endpoint client,
            DataPath dataPath,
            List<TrackedConnection> connections,
            Optional<ConnectionScheduled> pick,
            Extensions extensions) {
        this.entry = entry;
        this.client = client;
        this.dataPath = dataPath;
        this.pick = pick;
        this.connection = connections.stream()
                .filter(known -> !Connections.isTemplate(known))
                .filter(known -> client.port() == 0 || client.equals(known.client()))
                .findFirst();
        var rehearsal = new Rehearsal(entry, dataPath, extensions);
        this.again = rehearsal.dependsOnClientAlone() ? rehearsal.pick(flow()) : Optional.empty();
        tellConnection();
        tellPick();
        tellAgain();
    }

    private Flow flow() {
        var from = client.port() == 0 ? new Endpoint(client.address(), ANY_PORT) : client;
        return switch (entry.key()) {
            case ServiceKey.Address address -> new Flow(address.protocol(), from, address.virtual());
            case ServiceKey.FirewallMark _ -> new Flow(Protocol.TCP, from, from);
        };
    }

    private void tellConnection() {
        connection.ifPresentOrElse(
                known -> sentences.add("%s is connected to %s; the connection is %s and goes in %d s if nothing comes."
                        .formatted(
                                known.client(),
                                known.server(),
                                known.state(),
                                known.expires().toSeconds())),
                () -> sentences.add(
                        dataPath.connections().isEmpty() && pick.isPresent()
                                ? "The data path lists no connection of it; what follows is about the last one."
                                : "It has no connection to this service now."));
    }

    private void tellPick() {
        if (pick.isEmpty()) {
            sentences.add("How it was picked is not known: the engine remembers the last %,d picks of its own time."
                    .formatted(Picks.REMEMBERED));
            return;
        }
        var known = pick.get();
        var when = Instant.ofEpochMilli(known.at()).truncatedTo(ChronoUnit.SECONDS);
        sentences.add(
                switch (known.how()) {
                    case SCHEDULER ->
                        "At %s the scheduler %s picked %s.".formatted(when, known.scheduler(), known.server());
                    case PERSISTENCE ->
                        "At %s it came back within the persistence timeout, so it was sent to %s again without asking the scheduler %s."
                                .formatted(when, known.server(), known.scheduler());
                    case FALLBACK ->
                        "At %s the scheduler %s failed or insisted on a server that could not be reached, so the next usable one was taken: %s."
                                .formatted(when, known.scheduler(), known.server());
                });
    }

    private void tellAgain() {
        var scheduler = entry.service().scheduler();
        if (again.isPresent()) {
            sentences.add(
                    "%s hashes the client: it would send this one to %s now, and does so as long as the servers stay as they are."
                            .formatted(scheduler, again.get()));
        } else {
            sentences.add(scheduler + " does not go by who the client is, so another connection may go elsewhere.");
        }
    }

    JsonObject toJson() {
        var server = connection.map(TrackedConnection::server).or(() -> pick.map(ConnectionScheduled::server));
        return new JsonObject()
                .put("connection", connection.map(Connections::toJson).orElse(null))
                .put("server", server.map(Endpoint::toString).orElse(null))
                .put(
                        "how",
                        pick.map(known -> known.how().name().toLowerCase(Locale.ROOT))
                                .orElse("unknown"))
                .put("scheduler", entry.service().scheduler())
                .put("at", pick.map(ConnectionScheduled::at).orElse(null))
                .put("sentences", new JsonArray(sentences))
                .put("candidates", candidates())
                .put("again", again.map(Endpoint::toString).orElse(null));
    }

    private JsonArray candidates() {
        var candidates = new JsonArray();
        entry.servers().forEach(server -> candidates.add(candidate(server)));
        return candidates;
    }

    private JsonObject candidate(RealServer server) {
        var load = dataPath.load(new ServerId(entry.key(), server.endpoint()));
        var overloaded = server.thresholds().overloaded(load.active() + load.inactive(), false);
        var usable = server.weight() > 0 && !overloaded;
        return JsonObject.of(
                "server", server.endpoint().toString(),
                "weight", server.weight(),
                "active", load.active(),
                "inactive", load.inactive(),
                "usable", usable,
                "why",
                        usable
                                ? "takes new connections"
                                : overloaded ? "above its upper threshold" : "weight 0: quiesced");
    }
}
