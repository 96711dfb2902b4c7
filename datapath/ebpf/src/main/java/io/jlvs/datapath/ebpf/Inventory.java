package io.jlvs.datapath.ebpf;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.datapath.ebpf.Installed.Server;
import io.jlvs.datapath.ebpf.Installed.Service;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Which virtual services and real servers have a number in the maps. Looked at by any thread, changed by one at a time. */
final class Inventory {

    private final Map<ServiceKey, Service> services = new ConcurrentHashMap<>();
    private final Map<Integer, Service> servicesByNumber = new ConcurrentHashMap<>();
    private final Map<Integer, Server> serversByNumber = new ConcurrentHashMap<>();
    /** Weak: a scheduler holds the load of a server across its removal and return. */
    private final ConcurrentMap<ServerId, KernelLoad> loads =
            Caffeine.newBuilder().weakValues().<ServerId, KernelLoad>build().asMap();

    private final ServerLoads serverLoads;
    private final Ids serviceIds;
    private final Ids serverIds;

    /**
     * @param services size of the maps by service number
     * @param servers size of the maps by server number
     */
    Inventory(ServerLoads serverLoads, int services, int servers) {
        this.serverLoads = serverLoads;
        this.serviceIds = new Ids(services);
        this.serverIds = new Ids(servers);
    }

    Collection<Service> services() {
        return services.values();
    }

    Collection<Server> servers() {
        return serversByNumber.values();
    }

    @Nullable
    Service service(ServiceKey key) {
        return services.get(key);
    }

    @Nullable
    Service service(int number) {
        return servicesByNumber.get(number);
    }

    @Nullable
    Server server(int number) {
        return serversByNumber.get(number);
    }

    @Nullable
    Server server(ServerId id) {
        var service = services.get(id.service());
        return service == null ? null : service.servers.get(id.server());
    }

    /** The live load of a server; the same object before it is installed and after. */
    KernelLoad load(ServerId id) {
        return loads.computeIfAbsent(id, _ -> {
            var load = new KernelLoad(serverLoads);
            var server = server(id);
            load.use(server == null ? 0 : server.number);
            return load;
        });
    }

    int freeServices() {
        return serviceIds.free();
    }

    int freeServers() {
        return serverIds.free();
    }

    /** All numbers of services are below this. */
    int servicesEnd() {
        return serviceIds.end();
    }

    /** All numbers of servers are below this. */
    int serversEnd() {
        return serverIds.end();
    }

    Service addService(ServiceKey key) {
        return adoptService(key, serviceIds.take());
    }

    Server addServer(Service service, Endpoint endpoint) {
        return adoptServer(service, endpoint, serverIds.take());
    }

    /** Takes over what another engine has left. */
    Service adoptService(ServiceKey key, int number) {
        serviceIds.take(number);
        var service = new Service(key, number);
        services.put(key, service);
        servicesByNumber.put(number, service);
        return service;
    }

    /** Takes over what another engine has left. */
    Server adoptServer(Service service, Endpoint endpoint, int number) {
        serverIds.take(number);
        var id = new ServerId(service.key, endpoint);
        var server = new Server(id, number);
        service.servers.put(endpoint, server);
        serversByNumber.put(number, server);
        use(id, number);
        return server;
    }

    /** Frees the number of a server, and of its service when that was removed and this was its last. */
    void release(Server server) {
        var service = services.get(server.id.service());
        serversByNumber.remove(server.number);
        serverIds.release(server.number);
        use(server.id, 0);
        if (service != null) {
            service.servers.remove(server.id.server());
            releaseIfGone(service);
        }
    }

    /** Frees the number of a service that was removed, unless it has servers. */
    void releaseIfGone(Service service) {
        if (!service.present && service.servers.isEmpty()) {
            services.remove(service.key);
            servicesByNumber.remove(service.number);
            serviceIds.release(service.number);
        }
    }

    private void use(ServerId id, int number) {
        loads.computeIfPresent(id, (_, load) -> {
            load.use(number);
            return load;
        });
    }
}
