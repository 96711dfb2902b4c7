package io.jlvs.engine.schedule;

import com.github.benmanes.caffeine.cache.Ticker;
import io.jlvs.api.RealServer;
import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.Sysctls;
import io.jlvs.api.spi.ServerPool;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The real servers of one virtual service as its scheduler sees them. Owned by one thread. */
final class ServicePool implements ServerPool {

    private final DataPath dataPath;
    private ServiceEntry entry;
    private List<PooledServer> all = List.of();
    private List<PooledServer> eligible = List.of();
    private @Nullable Templates templates;

    ServicePool(ServiceEntry entry, DataPath dataPath) {
        this.dataPath = dataPath;
        this.entry = new ServiceEntry(entry.service(), List.of());
        goOver(entry);
    }

    /**
     * Takes a changed entry; tells whether servers were added, removed or edited. An edit that changes nothing counts, as
     * in IPVS: every command about a server makes a new list, and one about the service keeps it.
     */
    @SuppressWarnings("ReferenceEquality")
    boolean goOver(ServiceEntry next) {
        var serversChanged = next.servers() != entry.servers();
        if (serversChanged) {
            all = next.servers().stream().map(server -> pooled(next, server)).toList();
        }
        entry = next;
        keepTemplates();
        refreshEligible(true);
        return serversChanged;
    }

    ServiceEntry entry() {
        return entry;
    }

    @Nullable
    Templates templates() {
        return templates;
    }

    @Override
    public ServiceKey service() {
        return entry.key();
    }

    @Override
    public List<PooledServer> all() {
        return all;
    }

    @Override
    public List<PooledServer> eligible() {
        return eligible;
    }

    @Override
    public Set<SchedulerFlag> flags() {
        return entry.service().flags();
    }

    @Override
    public Sysctls sysctls() {
        return dataPath.sysctls();
    }

    /** Does something while no server is overloaded. */
    void withoutLimits(Runnable task) {
        ignoreLimits(true);
        try {
            task.run();
        } finally {
            ignoreLimits(false);
        }
    }

    private void ignoreLimits(boolean ignored) {
        all.forEach(server -> server.ignoreLimits(ignored));
        refreshEligible(true);
    }

    /** Looks at all thresholds again, as connections have come and gone. */
    void refreshEligible() {
        refreshEligible(false);
    }

    private void refreshEligible(boolean changed) {
        for (int i = 0; i < all.size(); i++) {
            changed |= all.get(i).overloadFlips();
        }
        if (changed) {
            eligible = all.stream().filter(PooledServer::eligible).toList();
        }
    }

    private PooledServer pooled(ServiceEntry next, RealServer server) {
        for (var known : all) {
            if (known.endpoint().equals(server.endpoint())) {
                known.edit(server);
                return known;
            }
        }
        var id = new ServerId(next.key(), server.endpoint());
        return new PooledServer(id, server, dataPath.load(id));
    }

    private void keepTemplates() {
        var persistence = entry.service().persistence();
        if (persistence == null) {
            templates = null;
        } else if (templates == null || !templates.persistence().equals(persistence)) {
            templates = new Templates(persistence, Ticker.systemTicker());
        }
    }
}
