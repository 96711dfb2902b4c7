package io.jlvs.engine.registry;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathException;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.ServerLoad;
import io.jlvs.api.datapath.TrafficSnapshot;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A data path for which some services' addresses are in use, and which can't do one-packet scheduling nor weight 13. */
public final class RefusingDataPath implements DataPath {

    public final Set<ServiceKey> inUse = ConcurrentHashMap.newKeySet();
    final List<ForwardingTable> taken = new CopyOnWriteArrayList<>();
    boolean broken;

    @Override
    public DataPathKind kind() {
        return DataPathKind.USER;
    }

    @Override
    public @Nullable String unsupported(VirtualService service) {
        return service.onePacket() ? "no one-packet scheduling" : null;
    }

    @Override
    public @Nullable String unsupported(VirtualService service, RealServer server) {
        return server.weight() == 13 ? "no weight 13" : null;
    }

    @Override
    public void apply(ForwardingTable table) {
        if (broken) {
            throw new IllegalStateException("a bug");
        }
        for (var entry : table.services()) {
            if (inUse.contains(entry.key())) {
                throw new DataPathException(entry.key() + " is in use", new IllegalStateException());
            }
        }
        taken.add(table);
    }

    /** The keys of the table in force. */
    public List<ServiceKey> serving() {
        return taken.getLast().services().stream().map(entry -> entry.key()).toList();
    }

    @Override
    public ServerLoad load(ServerId server) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TrafficSnapshot traffic() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
