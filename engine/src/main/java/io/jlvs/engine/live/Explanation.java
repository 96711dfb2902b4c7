package io.jlvs.engine.live;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.TrackedConnection;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.spi.Plan;
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

    private final ServiceEntry entry;
    private final Endpoint client;
    private final DataPath dataPath;
    private final Optional<TrackedConnection> connection;
    private final Optional<TrackedConnection> template;
    private final Optional<ConnectionScheduled> pick;
    private final Optional<Plan.Slots> hash;
    private final Optional<Endpoint> again;
    private final List<String> sentences = new ArrayList<>();

    /**
     * Looks everything up.
     *
     * @param client of whom; port 0 means any
     * @param connection one of this client
     * @param template of this client's persistence
     * @param pick how the connection came to its server, or the last one of the client
     */
    Explanation(
            ServiceEntry entry,
            Endpoint client,
            Optional<TrackedConnection> connection,
            Optional<TrackedConnection> template,
            Optional<ConnectionScheduled> pick,
            DataPath dataPath,
            Extensions extensions) {
        this.entry = entry;
        this.client = client;
        this.dataPath = dataPath;
        this.pick = pick;
        this.connection = connection;
        this.template = template;
        var rehearsal = new Rehearsal(entry, dataPath, extensions);
        this.hash = rehearsal.hash();
        this.again = hash.filter(this::isGiven).flatMap(_ -> rehearsal.pick(flow()));
        tellConnection();
        tellPick();
        tellPersistence();
        tellAgain();
    }

    /** Whether all that is hashed is known. */
    private boolean isGiven(Plan.Slots slots) {
        var port = !slots.withPort() || client.port() != 0;
        var virtual = slots.hash() != Plan.Slots.Hash.DESTINATION || entry.key() instanceof ServiceKey.Address;
        return port && virtual;
    }

    private Flow flow() {
        return switch (entry.key()) {
            case ServiceKey.Address address -> new Flow(address.protocol(), client, address.virtual());
            case ServiceKey.FirewallMark _ -> new Flow(Protocol.TCP, client, client);
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
                        dataPath.kind() == DataPathKind.USER
                                ? "The user data path keeps no list of connections; what follows is about the last one that is known."
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
                        "At %s the scheduler %s had no answer, failed or insisted on a server that could not be reached, so its fallback or the next usable one was taken: %s."
                                .formatted(when, known.scheduler(), known.server());
                });
    }

    private void tellPersistence() {
        var persistence = entry.service().persistence();
        if (template.isPresent()) {
            sentences.add("A persistence template leads it to %s for another %d s."
                    .formatted(template.get().server(), template.get().expires().toSeconds()));
        } else if (persistence != null) {
            sentences.add(
                    "A client that comes back within %d s goes to its server of last time while that takes connections; the scheduler is not asked."
                            .formatted(persistence.timeoutSeconds()));
        }
    }

    private void tellAgain() {
        var scheduler = entry.service().scheduler();
        sentences.add(hash.map(slots -> scheduler + " hashes " + hashed(slots) + ": " + leads(slots))
                .orElse(scheduler + " promises no client the same server, so another connection may go elsewhere."));
    }

    private static String hashed(Plan.Slots slots) {
        if (slots.hash() == Plan.Slots.Hash.DESTINATION) {
            return "the virtual address";
        }
        return slots.withPort() ? "the client's address and port" : "the client's address";
    }

    private String leads(Plan.Slots slots) {
        if (!isGiven(slots)) {
            return "not all of it is given here, so where another connection goes can't be said.";
        }
        return again.map(server ->
                        "that leads to %s now, and does so as long as the servers stay as they are.".formatted(server))
                .orElse("that leads to no server that takes new connections.");
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
