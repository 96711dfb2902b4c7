package io.jlvs.engine.ipvsadm;

import io.jlvs.api.Addresses;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceKey;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Addresses and ports as listings show them.
 *
 * @param names null to show numbers
 */
record Naming(@Nullable HostNames names) {

    /**
     * {@code 10.0.0.1:80}, {@code [2001:db8::1]:80}, or with the names that the host knows.
     *
     * @param protocol null when the port belongs to none and has no name
     */
    String of(Endpoint endpoint, @Nullable Protocol protocol) {
        var host = host(endpoint);
        var port = port(endpoint.port(), protocol);
        return (endpoint.address() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }

    /** A server's address; the ports of a firewall mark's servers belong to no protocol and have no names. */
    String of(Endpoint server, ServiceKey service) {
        return of(server, service instanceof ServiceKey.Address address ? address.protocol() : null);
    }

    /** The protocol of a service; firewall marks go for TCP. */
    static Protocol protocol(ServiceKey key) {
        return key instanceof ServiceKey.Address address ? address.protocol() : Protocol.TCP;
    }

    private String host(Endpoint endpoint) {
        var name = names == null ? null : names.host(endpoint.address());
        return name == null ? text(endpoint.address()) : name;
    }

    /** As inet_ntop(3) has it: {@code ::198.51.100.7} for what other listings show as {@code ::c633:6407}. */
    static String text(InetAddress address) {
        var bytes = address.getAddress();
        return address instanceof Inet6Address ipv6 && ipv6.isIPv4CompatibleAddress() && (bytes[12] | bytes[13]) != 0
                ? "::" + Addresses.format(AddressReader.address(Arrays.copyOfRange(bytes, 12, 16)))
                : Addresses.format(address);
    }

    private String port(int port, @Nullable Protocol protocol) {
        var name = names == null || protocol == null || port == 0 ? null : names.service(port, protocol);
        return name == null ? Integer.toString(port) : name;
    }
}
