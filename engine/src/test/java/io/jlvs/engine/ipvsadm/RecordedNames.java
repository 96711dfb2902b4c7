package io.jlvs.engine.ipvsadm;

import io.jlvs.api.Addresses;
import io.jlvs.api.Protocol;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The names of the machine on which the recordings were made. */
final class RecordedNames implements HostNames {

    private static final Map<String, String> HOSTS = Map.of(
            "192.0.2.110", "vip.example",
            "192.0.2.111", "rs1.example",
            "192.0.2.112", "rs2.example",
            "2001:db8::110", "vip6.example",
            "192.0.2.120", "long-host-name-of-a-virtual-service.example",
            "192.0.2.121", "long-host-name-of-a-real-server.example",
            "127.0.0.1", "localhost",
            "::1", "localhost");

    private final HostNames services = new SystemNames(Path.of("src/test/resources/services"));

    @Override
    public @Nullable InetAddress address(String host) {
        return HOSTS.entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(host)
                        && !entry.getKey().contains(":"))
                .map(entry -> InetAddress.ofLiteral(entry.getKey()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable String host(InetAddress address) {
        return HOSTS.get(Addresses.format(address));
    }

    @Override
    public OptionalInt port(String service, Protocol protocol) {
        return services.port(service, protocol);
    }

    @Override
    public @Nullable String service(int port, Protocol protocol) {
        return services.service(port, protocol);
    }
}
