package io.jlvs.engine.metrics;

import io.jlvs.api.Command;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.ServerLoad;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.datapath.TrafficSnapshot;
import io.jlvs.engine.plugin.PluginStatus;
import io.jlvs.engine.registry.Configuration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A director whose state a test sets by hand: configuration, plugins, and a data path that counts what it is told. */
final class Director implements DataPath {

    final DataPathKind kind;
    final List<PluginStatus> plugins = new ArrayList<>();
    private final Map<ServiceKey, Traffic> services = new HashMap<>();
    private final Map<ServerId, Traffic> servers = new HashMap<>();
    private final Map<ServerId, Load> loads = new HashMap<>();
    private volatile Configuration configuration = Configuration.EMPTY;

    private record Load(int active, int inactive) implements ServerLoad {}

    Director() {
        this(DataPathKind.USER);
    }

    Director(DataPathKind kind) {
        this.kind = kind;
    }

    Metrics.Sources sources() {
        return new Metrics.Sources("1.2.3", this::configuration, this, () -> plugins);
    }

    Configuration configuration() {
        return configuration;
    }

    void execute(Command command) {
        configuration = configuration.after(command);
    }

    ServiceKey addService(ServiceKey key, RealServer... realServers) {
        execute(new Command.AddService(VirtualService.of(key, "rr")));
        for (var server : realServers) {
            execute(new Command.AddServer(key, server));
        }
        return key;
    }

    void counted(ServiceKey service, Traffic traffic) {
        services.put(service, traffic);
    }

    void counted(ServerId server, Traffic traffic, int active, int inactive) {
        servers.put(server, traffic);
        loads.put(server, new Load(active, inactive));
    }

    @Override
    public DataPathKind kind() {
        return kind;
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
        return loads.getOrDefault(server, new Load(0, 0));
    }

    @Override
    public TrafficSnapshot traffic() {
        return new TrafficSnapshot(services, servers);
    }

    @Override
    public void close() {}
}
