package io.jlvs.datapath.ebpf;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.spi.Plan;
import io.jlvs.datapath.ebpf.Installed.Server;
import io.jlvs.datapath.ebpf.Installed.Service;
import io.jlvs.datapath.ebpf.Installed.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Brings the maps to a new table, touching only what differs. What comes is written from its end: a server, the plan that
 * names it, the service that has the plan; what goes is taken away from its beginning. So no program ever follows a
 * reference to something that is not there yet.
 */
final class TableWriter {

    private final Inventory inventory;
    private final ServerLoads loads;
    private final ConnectLatencies latencies;
    private final TableMaps maps;
    private final Settings settings;
    private final Sources sources = new Sources();

    TableWriter(Inventory inventory, ServerLoads loads, ConnectLatencies latencies, TableMaps maps, Settings settings) {
        this.inventory = inventory;
        this.loads = loads;
        this.latencies = latencies;
        this.maps = maps;
        this.settings = settings;
    }

    /** What is to be brought to a service's part of the table. */
    private record Change(
            Service service, ServiceEntry entry, @Nullable Plan plan) {

        /** Whether it has no server: that needs no asking. */
        boolean isNobody() {
            return plan == null && entry.servers().isEmpty();
        }

        @SuppressWarnings("ReferenceEquality")
        boolean isPlanWritten() {
            return service.planWritten && service.plan == plan && service.nobody == isNobody();
        }

        void planIsWritten() {
            service.plan = plan;
            service.nobody = isNobody();
            service.planWritten = true;
        }
    }

    /**
     * Writes a table.
     *
     * @param modes the number of each mode by its name
     * @throws IllegalStateException if it has no room; nothing was written then
     */
    void write(ForwardingTable table, ToIntFunction<String> modes) {
        checkRoom(table);
        var changes = changes(table);
        changes.forEach(change -> raiseServers(change, modes));
        writePlans(changes);
        settings.use(table, hasLocalServers());
        changes.forEach(this::writeService);
        removeOthers(table);
        changes.forEach(this::retireServers);
        changes.forEach(change -> change.service().entry = change.entry());
    }

    /** Writes the servers anew whose way there has another source address now. */
    void followSources() {
        sources.forget();
        for (var server : inventory.servers()) {
            var written = server.written;
            var service = inventory.service(server.id.service());
            if (written != null && service != null) {
                writeServer(service, server, written.server(), written.mode());
            }
        }
    }

    /** Whether a server is an address of the director itself: what it answers leaves without ever coming in. */
    private boolean hasLocalServers() {
        return inventory.servers().stream()
                .anyMatch(server -> server.written != null
                        && server.written.source().equals(server.id.server().address()));
    }

    private void checkRoom(ForwardingTable table) {
        int newServices = 0;
        int newServers = 0;
        for (var entry : table.services()) {
            var service = inventory.service(entry.key());
            newServices += service == null ? 1 : 0;
            for (var server : entry.servers()) {
                newServers += service == null || !service.servers.containsKey(server.endpoint()) ? 1 : 0;
            }
        }
        check("virtual services", newServices, inventory.freeServices(), "ebpf.maxServices");
        check("real servers", newServers, inventory.freeServers(), "ebpf.maxServers");
    }

    private static void check(String what, int wanted, int free, String option) {
        if (wanted > free) {
            throw new IllegalStateException(wanted + " more " + what + " are wanted, but the maps have room for " + free
                    + ": wait until the connections of removed ones have ended, or raise " + option
                    + ", which takes effect after jlvs stop --flush");
        }
    }

    @SuppressWarnings("ReferenceEquality") // what did not change is the same object
    private List<Change> changes(ForwardingTable table) {
        var changes = new ArrayList<Change>();
        for (var entry : table.services()) {
            var plan = table.plans().get(entry.key());
            var service = inventory.service(entry.key());
            if (service == null || service.entry != entry || service.plan != plan) {
                changes.add(new Change(service == null ? addService(entry.key()) : service, entry, plan));
            }
        }
        changes.forEach(change -> change.service().entry = null);
        return changes;
    }

    private void raiseServers(Change change, ToIntFunction<String> modes) {
        for (var wanted : change.entry().servers()) {
            var known = change.service().servers.get(wanted.endpoint());
            var server = known == null ? addServer(change.service(), wanted) : known;
            var before = server.written;
            writeServer(change.service(), server, wanted, modes.applyAsInt(wanted.mode()));
            if (before != null && wanted.thresholds().open(before.server().thresholds())) {
                loads.open(server.number);
            }
            loads.weigh(server.number, wanted.thresholds());
            loads.setAvailable(server.number, true);
            server.idleSweeps = 0;
        }
    }

    private Service addService(ServiceKey key) {
        var service = inventory.addService(key);
        maps.zeroServiceTraffic(service.number);
        return service;
    }

    private Server addServer(Service service, RealServer wanted) {
        var server = inventory.addServer(service, wanted.endpoint());
        loads.clear(server.number);
        latencies.clear(server.number);
        maps.zeroServerTraffic(server.number);
        return server;
    }

    private void writeServer(Service service, Server server, RealServer wanted, int mode) {
        var written = new Written(wanted, mode, sources.of(wanted.endpoint().address()));
        if (!written.equals(server.written)) {
            maps.writeServer(server.number, service, written);
            server.written = written;
        }
    }

    private void writePlans(List<Change> changes) {
        var plans = new HashMap<Integer, int[]>();
        for (var change : changes) {
            var service = change.service();
            if (!change.isPlanWritten()) {
                service.planWritten = false;
                var words = words(change);
                if (!isAdopted(service, words)) {
                    plans.put(service.number, words);
                }
            }
        }
        maps.writePlans(plans);
        changes.forEach(Change::planIsWritten);
    }

    /** A cycle that another engine has begun goes on where it stands. */
    private boolean isAdopted(Service service, int[] words) {
        return service.present && service.written == null && PlanWords.same(words, maps.readPlan(service.number));
    }

    private static int[] words(Change change) {
        var servers = change.service().servers;
        return change.isNobody()
                ? PlanWords.NOBODY
                : PlanWords.of(change.plan(), endpoint -> {
                    var server = servers.get(endpoint);
                    return server == null ? 0 : server.number;
                });
    }

    private void writeService(Change change) {
        var service = change.service();
        var wanted = change.entry().service();
        if (!service.present || !wanted.equals(service.written)) {
            maps.writeService(service.number, wanted);
            service.written = wanted;
            service.present = true;
        }
    }

    private void removeOthers(ForwardingTable table) {
        var wanted = new HashSet<ServiceKey>();
        table.services().forEach(entry -> wanted.add(entry.key()));
        var others = inventory.services().stream()
                .filter(service -> !wanted.contains(service.key))
                .toList();
        others.forEach(this::removeService);
        removePlans(others);
        others.forEach(this::retireAll);
    }

    private void removeService(Service service) {
        service.entry = null;
        if (service.present) {
            maps.deleteService(service.key);
            service.present = false;
        }
    }

    private void removePlans(List<Service> services) {
        var plans = new HashMap<Integer, int[]>();
        services.stream().filter(service -> service.planWritten).forEach(service -> {
            plans.put(service.number, PlanWords.NOBODY);
            service.planWritten = false;
            service.plan = null;
        });
        maps.writePlans(plans);
    }

    private void retireAll(Service service) {
        service.servers.values().forEach(server -> loads.setAvailable(server.number, false));
        inventory.releaseIfGone(service);
    }

    private void retireServers(Change change) {
        var wanted = new HashSet<>();
        change.entry().servers().forEach(server -> wanted.add(server.endpoint()));
        for (var server : change.service().servers.values()) {
            if (!wanted.contains(server.id.server())) {
                loads.setAvailable(server.number, false);
            }
        }
    }
}
