package io.jlvs.datapath.ebpf;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.ServerLoad;
import io.jlvs.api.datapath.TrafficSnapshot;
import io.jlvs.api.datapath.Upcalls;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stub until the data path is merged. */
public final class EbpfDataPath implements DataPath {

    @SuppressWarnings("UnusedVariable")
    public EbpfDataPath(EbpfOptions options, Upcalls upcalls) {
        throw new IllegalStateException("a stub");
    }

    public static Optional<String> unavailable() {
        return Optional.of("it is not in this build");
    }

    @Override
    public DataPathKind kind() {
        return DataPathKind.EBPF;
    }

    @Override
    public @Nullable String unsupported(VirtualService service) {
        return null;
    }

    @Override
    public @Nullable String unsupported(VirtualService service, RealServer server) {
        return null;
    }

    @Override
    public void apply(ForwardingTable table) {}

    @Override
    public ServerLoad load(ServerId server) {
        throw new IllegalStateException("a stub");
    }

    @Override
    public TrafficSnapshot traffic() {
        throw new IllegalStateException("a stub");
    }

    @Override
    public void close() {}
}
