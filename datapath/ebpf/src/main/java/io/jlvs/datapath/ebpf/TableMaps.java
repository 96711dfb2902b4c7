package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.U32;

import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.Timeouts;
import io.jlvs.datapath.ebpf.Installed.Service;
import io.jlvs.datapath.ebpf.Installed.Written;
import io.jlvs.datapath.ebpf.libbpf.BpfBatch;
import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The maps that say what to do: written one entry at a time, by one thread at a time. */
final class TableMaps {

    private static final int PLANS_AT_ONCE = 2048; // each is an open descriptor meanwhile
    private static final long WORD = U32.byteSize();

    private final BpfMap services;
    private final BpfMap servers;
    private final BpfMap plans;
    private final BpfMap settings;
    private final BpfMap serviceTraffic;
    private final BpfMap serverTraffic;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment number = arena.allocate(U32);
    private final MemorySegment serviceKey = arena.allocate(Layouts.SERVICE_KEY);
    private final MemorySegment service = arena.allocate(Layouts.SERVICE);
    private final MemorySegment server = arena.allocate(Layouts.SERVER);
    private final MemorySegment setting = arena.allocate(Layouts.SETTINGS);
    private final MemorySegment noTraffic;

    TableMaps(Pipeline pipeline) {
        services = pipeline.map("services");
        servers = pipeline.map("servers");
        plans = pipeline.map("plans");
        settings = pipeline.map("settings");
        serviceTraffic = pipeline.map("service_traffic");
        serverTraffic = pipeline.map("server_traffic");
        noTraffic = arena.allocate(serviceTraffic.userValueSize(), 8);
    }

    void writeServer(int id, Service of, Written written) {
        number.set(U32, 0, id);
        ServerRecord.write(server, of.key, of.number, written);
        servers.update(number, server, BpfMap.ANY);
    }

    void deleteServer(int id) {
        number.set(U32, 0, id);
        servers.delete(number);
    }

    void writeService(int id, VirtualService wanted) {
        ServiceRecord.writeKey(serviceKey, 0, wanted.key());
        ServiceRecord.write(service, id, wanted);
        services.update(serviceKey, service, BpfMap.ANY);
    }

    void deleteService(ServiceKey key) {
        ServiceRecord.writeKey(serviceKey, 0, key);
        services.delete(serviceKey);
    }

    void zeroServerTraffic(int id) {
        number.set(U32, 0, id);
        serverTraffic.update(number, noTraffic, BpfMap.ANY);
    }

    void zeroServiceTraffic(int id) {
        number.set(U32, 0, id);
        serviceTraffic.update(number, noTraffic, BpfMap.ANY);
    }

    /** The timeouts that programs use now; the defaults where none were ever written. */
    Timeouts readTimeouts() {
        number.set(U32, 0, 0);
        return settings.lookup(number, setting) ? SettingsRecord.readTimeouts(setting) : Timeouts.DEFAULTS;
    }

    void writeSettings(SettingsRecord wanted) {
        number.set(U32, 0, 0);
        wanted.write(setting);
        settings.update(number, setting, BpfMap.ANY);
    }

    /**
     * Gives services new plans, many with each call of the kernel: after each it waits until no program uses the plans of
     * before.
     *
     * @param words by number of the service
     */
    void writePlans(Map<Integer, int[]> words) {
        var some = new HashMap<Integer, int[]>();
        for (var plan : words.entrySet()) {
            some.put(plan.getKey(), plan.getValue());
            if (some.size() == PLANS_AT_ONCE) {
                swapPlans(some);
                some.clear();
            }
        }
        if (!some.isEmpty()) {
            swapPlans(some);
        }
    }

    private void swapPlans(Map<Integer, int[]> words) {
        var made = new HashMap<Object, BpfMap>();
        try (var scratch = Arena.ofConfined()) {
            var keys = scratch.allocate(U32, words.size());
            var values = scratch.allocate(U32, words.size());
            int at = 0;
            for (var plan : words.entrySet()) {
                var map = made.computeIfAbsent(identity(plan.getValue()), _ -> makePlan(plan.getValue()));
                keys.setAtIndex(U32, at, plan.getKey());
                values.setAtIndex(U32, at, map.fd());
                at++;
            }
            BpfBatch.update(plans, keys, values, at);
        } finally {
            made.values().forEach(BpfMap::close);
        }
    }

    /** Plans without servers are the same for all. */
    private static Object identity(int[] words) {
        return words.length == PlanWords.SERVERS ? words[PlanWords.KIND] : words;
    }

    private static BpfMap makePlan(int[] words) {
        var map = BpfMap.create(BpfMap.ARRAY, "plan", (int) WORD, (int) WORD, words.length, BpfMap.INNER_MAP);
        try (var scratch = Arena.ofConfined()) {
            var keys = scratch.allocate(U32, words.length);
            for (int i = 0; i < words.length; i++) {
                keys.setAtIndex(U32, i, i);
            }
            BpfBatch.update(map, keys, scratch.allocateFrom(U32, words), words.length);
            return map;
        } catch (RuntimeException e) {
            map.close();
            throw e;
        }
    }

    /** The plan that a service has, empty when it has none. */
    int[] readPlan(int id) {
        try (var plan = openPlan(id)) {
            return plan == null ? new int[0] : readAll(plan);
        }
    }

    /** How many places of its cycle a service has walked. */
    long readPosition(int id) {
        try (var plan = openPlan(id);
                var scratch = Arena.ofConfined()) {
            var position = scratch.allocate(U32);
            if (plan == null || !plan.lookup(scratch.allocateFrom(U32, PlanWords.POSITION), position)) {
                return 0;
            }
            return Integer.toUnsignedLong(position.get(U32, 0));
        }
    }

    private static int[] readAll(BpfMap plan) {
        try (var scratch = Arena.ofConfined()) {
            var words = scratch.allocate(U32, plan.maxEntries());
            BpfBatch.readFirst(plan, plan.maxEntries(), words);
            return words.toArray(U32);
        }
    }

    private @Nullable BpfMap openPlan(int id) {
        try (var scratch = Arena.ofConfined()) {
            var map = scratch.allocate(U32);
            return plans.lookup(scratch.allocateFrom(U32, id), map) ? BpfMap.byId(map.get(U32, 0)) : null;
        }
    }
}
