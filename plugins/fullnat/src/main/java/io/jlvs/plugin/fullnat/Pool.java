package io.jlvs.plugin.fullnat;

import io.jlvs.api.Addresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The local addresses and ports that connections to servers come from.
 *
 * @param addresses 0..16 of each family
 * @param firstPort 1..65535
 * @param lastPort firstPort..65535
 */
record Pool(List<InetAddress> addresses, int firstPort, int lastPort) {

    private static final int MOST = 16;
    private static final int ADDRESS_BYTES = 16;
    private static final int HEAD_BYTES = 16;
    private static final List<String> DEFAULT_PORTS = List.of("32768-60999");

    /**
     * Reads what jlvs.yaml says.
     *
     * @throws IllegalArgumentException if it makes no sense
     */
    static Pool of(Map<String, List<String>> options) {
        for (var key : options.keySet()) {
            if (!Set.of("addresses", "ports").contains(key)) {
                throw new IllegalArgumentException(
                        "mode fullnat has no option '" + key + "': expected addresses and ports");
            }
        }
        var addresses = options.getOrDefault("addresses", List.of()).stream()
                .map(Addresses::parse)
                .toList();
        var pool = ports(addresses, options.getOrDefault("ports", DEFAULT_PORTS));
        if (pool.of(Inet4Address.class).size() > MOST
                || pool.of(Inet6Address.class).size() > MOST) {
            throw new IllegalArgumentException("mode fullnat takes at most " + MOST + " addresses of each family");
        }
        return pool;
    }

    private static Pool ports(List<InetAddress> addresses, List<String> ranges) {
        var range = String.join(",", ranges);
        var parts = range.split("-", -1);
        try {
            int first = Integer.parseInt(parts[0].strip());
            int last = Integer.parseInt(parts[parts.length - 1].strip());
            if (parts.length == 2 && first >= 1 && last <= 65535 && first <= last) {
                return new Pool(addresses, first, last);
            }
        } catch (NumberFormatException _) {
            // falls through to the one message
        }
        throw new IllegalArgumentException(
                "mode fullnat: ports '" + range + "' is no range: expected 32768-60999, within 1..65535");
    }

    /** The layout of {@code struct pool} in fullnat.bpf.c, native byte order; IPv4 as IPv4-mapped IPv6. */
    byte[] bytes() {
        var bytes = ByteBuffer.allocate(HEAD_BYTES + 2 * MOST * ADDRESS_BYTES).order(ByteOrder.nativeOrder());
        var ipv4 = of(Inet4Address.class);
        var ipv6 = of(Inet6Address.class);
        bytes.putInt(ipv4.size()).putInt(ipv6.size());
        bytes.putShort((short) firstPort).putShort((short) lastPort).putInt(0);
        ipv4.forEach(address -> bytes.putLong(0).put(new byte[] {0, 0, -1, -1}).put(address.getAddress()));
        bytes.position(HEAD_BYTES + MOST * ADDRESS_BYTES);
        ipv6.forEach(address -> bytes.put(address.getAddress()));
        return bytes.array();
    }

    private List<InetAddress> of(Class<? extends InetAddress> family) {
        return addresses.stream().filter(family::isInstance).toList();
    }
}
