package io.jlvs.engine.schedule;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Server;
import io.jlvs.engine.plugin.Extensions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the scheduler of a service would do, tried on a copy of its pool: the live one does not notice. Loads are those of
 * now. For one thread.
 */
public final class Rehearsal {

    private final ServicePool pool;
    private final Optional<Picker> picker;

    /** @param entry the service as it is or as it might be */
    public Rehearsal(ServiceEntry entry, DataPath dataPath, Extensions extensions) {
        pool = new ServicePool(entry, dataPath);
        picker = Optional.ofNullable(extensions.schedulers().get(entry.service().scheduler()))
                .map(offer -> offer.instance().prepare(pool, null));
    }

    /** The hash, of a scheduler that sends the same flow to the same server as long as the service stays as it is. */
    public Optional<Plan.Slots> hash() {
        return plan().filter(Plan.Slots.class::isInstance).map(Plan.Slots.class::cast);
    }

    /** Which server a client would get; empty when none. */
    public Optional<Endpoint> pick(Flow client) {
        return pool.eligible().isEmpty()
                ? Optional.empty()
                : picker.map(asked -> asked.pick(client)).map(Server::endpoint);
    }

    /** Which part of new connections each server would get, 0..1: as the plan goes, or by weight. */
    public Map<Endpoint, Double> shares() {
        var parts = switch (plan().orElse(null)) {
            case Plan.Cycle cycle -> parts(cycle);
            case Plan.Heaviest _ -> allTo(pick(ServiceScheduling.ANYBODY));
            case null, default -> weights(pool.eligible());
        };
        var sum = parts.values().stream().mapToDouble(Double::doubleValue).sum();
        parts.replaceAll((_, part) -> part / sum);
        return parts;
    }

    private Optional<Plan> plan() {
        return picker.map(Picker::plan);
    }

    private static Map<Endpoint, Double> parts(Plan.Cycle cycle) {
        var parts = new HashMap<Endpoint, Double>();
        cycle.order().stream()
                .skip(cycle.loopFrom())
                .filter(Server::eligible)
                .forEach(server -> parts.merge(server.endpoint(), 1.0, Double::sum));
        return parts;
    }

    private static Map<Endpoint, Double> allTo(Optional<Endpoint> server) {
        var parts = new HashMap<Endpoint, Double>();
        server.ifPresent(one -> parts.put(one, 1.0));
        return parts;
    }

    private static Map<Endpoint, Double> weights(List<PooledServer> servers) {
        var parts = new HashMap<Endpoint, Double>();
        servers.forEach(server -> parts.put(server.endpoint(), (double) server.weight()));
        return parts;
    }
}
