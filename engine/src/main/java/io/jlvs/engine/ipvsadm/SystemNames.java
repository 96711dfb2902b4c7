package io.jlvs.engine.ipvsadm;

import io.jlvs.api.Addresses;
import io.jlvs.api.Protocol;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hosts by the resolver, whose silence does not last, ports by a services file (services(5)); without the file ports have
 * no names.
 */
final class SystemNames implements HostNames {

    static final Path SERVICES = Path.of("/etc/services");

    private static final Pattern NUMBER = Pattern.compile("(.*\\.)?\\d+");

    private record Port(int number, String protocol) {}

    private record Name(String service, String protocol) {}

    /** A name that was typed is worth waiting for. */
    private final Patience typed = new Patience(Duration.ofSeconds(10), Duration.ZERO);

    private final Patience shown = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(30));
    private final Map<Port, String> names = new HashMap<>();
    private final Map<Name, Integer> ports = new HashMap<>();

    SystemNames(Path services) {
        for (var line : lines(services)) {
            read(line.replaceFirst("#.*", "").strip().split("\\s+"));
        }
    }

    @Override
    public @Nullable InetAddress address(String host) {
        if (NUMBER.matcher(host).matches()) {
            return null; // Java would take 1.08 for 1.0.0.8
        }
        return typed.ask(() -> Stream.of(InetAddress.getAllByName(host))
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElse(null));
    }

    @Override
    public @Nullable String host(InetAddress address) {
        return shown.ask(() -> name(address));
    }

    private static @Nullable String name(InetAddress address) {
        var name = address.getCanonicalHostName();
        return name.equals(address.getHostAddress()) || name.equals(Addresses.format(address)) ? null : name;
    }

    @Override
    public OptionalInt port(String service, Protocol protocol) {
        var port = ports.get(new Name(service, protocol.lowerName()));
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    @Override
    public @Nullable String service(int port, Protocol protocol) {
        return names.get(new Port(port, protocol.lowerName()));
    }

    /** {@code name port/protocol alias...}; the first line of a port names it. */
    private void read(String[] fields) {
        if (fields.length < 2 || !fields[1].matches("\\d{1,5}/\\w+")) {
            return;
        }
        var slash = fields[1].indexOf('/');
        var number = Integer.parseInt(fields[1].substring(0, slash));
        var protocol = fields[1].substring(slash + 1);
        names.putIfAbsent(new Port(number, protocol), fields[0]);
        for (int i = 0; i < fields.length; i++) {
            if (i != 1) {
                ports.putIfAbsent(new Name(fields[i], protocol), number);
            }
        }
    }

    private static List<String> lines(Path services) {
        try {
            return Files.readAllLines(services, StandardCharsets.UTF_8);
        } catch (IOException _) {
            return List.of();
        }
    }
}
