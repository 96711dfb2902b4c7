package io.jlvs.datapath.ebpf;

import io.jlvs.datapath.ebpf.Installed.Service;
import java.lang.foreign.MemorySegment;

/** Takes stock of what an engine before has left in the maps. */
final class Adoption {

    private static final int AT_ONCE = 1024;

    private final Inventory inventory;

    private Adoption(Inventory inventory) {
        this.inventory = inventory;
    }

    /** Enters every service and every server that is there. */
    static void takeStock(Pipeline pipeline, Inventory inventory) {
        var adoption = new Adoption(inventory);
        pipeline.map("services").forEach(AT_ONCE, adoption::service);
        pipeline.map("servers").forEach(AT_ONCE, adoption::server);
    }

    private void service(MemorySegment key, MemorySegment value) {
        inventory.adoptService(ServiceRecord.readKey(key, 0), ServiceRecord.readId(value, 0)).present = true;
    }

    /** A server whose service was removed brings the service's number. */
    private void server(MemorySegment key, MemorySegment value) {
        var id = ServerRecord.readId(value, 0);
        var known = inventory.service(id.service());
        Service service =
                known == null ? inventory.adoptService(id.service(), ServerRecord.readServiceId(value, 0)) : known;
        inventory.adoptServer(service, id.server(), key.get(Layouts.U32, 0)).adoptedMode =
                ServerRecord.readMode(value, 0);
    }
}
