package io.jlvs.engine.ipvsadm;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The order of listings. ipvsadm compares 32-bit numbers by the sign of their difference, which is not transitive for
 * numbers far apart, and sorts by merging; both are kept, so that its output is.
 */
final class ListOrder {

    /** By mark, family, protocol, address and port. */
    static final Comparator<ServiceEntry> SERVICES = (a, b) -> compare(key(a.key()), key(b.key()));

    /** By address and port, an IPv4 address as the first word of an IPv6 address. */
    static final Comparator<RealServer> SERVERS = (a, b) -> compare(key(a.endpoint()), key(b.endpoint()));

    private ListOrder() {}

    /**
     * In the order of {@code --nosort}, in which they are before they are sorted: the kernel has services of addresses
     * before those of marks. Within both it goes by a hash that no one can foresee; here they are as they were made.
     */
    static List<ServiceEntry> unsorted(List<ServiceEntry> services) {
        return Stream.concat(
                        services.stream().filter(entry -> entry.key() instanceof ServiceKey.Address),
                        services.stream().filter(entry -> entry.key() instanceof ServiceKey.FirewallMark))
                .toList();
    }

    /** Sorts by merging halves; of equals the earlier stays first. */
    static <T> List<T> sorted(List<T> list, Comparator<T> order) {
        if (list.size() < 2) {
            return list;
        }
        int half = list.size() / 2;
        var left = sorted(list.subList(0, half), order);
        var right = sorted(list.subList(half, list.size()), order);
        var merged = new ArrayList<T>(list.size());
        int l = 0;
        int r = 0;
        while (l < left.size() && r < right.size()) {
            merged.add(order.compare(left.get(l), right.get(r)) <= 0 ? left.get(l++) : right.get(r++));
        }
        merged.addAll(left.subList(l, left.size()));
        merged.addAll(right.subList(r, right.size()));
        return merged;
    }

    private static int[] key(ServiceKey key) {
        return switch (key) {
            case ServiceKey.FirewallMark(var mark, var family) -> new int[] {(int) mark, rank(family)};
            case ServiceKey.Address(var protocol, var virtual) -> {
                var endpoint = key(virtual);
                var all = new int[endpoint.length + 3];
                all[1] = rank(virtual.family());
                all[2] = protocol.number();
                System.arraycopy(endpoint, 0, all, 3, endpoint.length);
                yield all;
            }
        };
    }

    private static int[] key(Endpoint endpoint) {
        var address = ByteBuffer.wrap(endpoint.address().getAddress());
        var key = new int[5];
        for (int i = 0; address.hasRemaining(); i++) {
            key[i] = address.getInt();
        }
        key[4] = endpoint.port();
        return key;
    }

    private static int rank(AddressFamily family) {
        return family == AddressFamily.IPV4 ? 0 : 1;
    }

    private static int compare(int[] a, int[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int difference = a[i] - b[i]; // meant to overflow
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }
}
