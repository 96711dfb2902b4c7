package io.jlvs.engine.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How a director takes part in a cluster.
 *
 * @param name of this director, one of the members
 * @param members where each director listens for the others, the same on all of them; more than half of them decide
 * @param keys the key file that all members have and nobody else
 * @param addresses what the one owner holds
 * @param sync whether connections are told to the others
 */
public record ClusterOptions(
        String name,
        SequencedMap<String, InetSocketAddress> members,
        Path keys,
        List<FloatingAddress> addresses,
        boolean sync) {

    /** Where members listen unless they say otherwise. */
    public static final int PORT = 7800;

    /** @throws IllegalArgumentException saying which of the keys makes no sense */
    public ClusterOptions {
        members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        addresses = List.copyOf(addresses);
        if (!members.containsKey(name)) {
            throw new IllegalArgumentException("the director is called '" + name + "', but members are "
                    + String.join(", ", members.keySet()) + ": set name to one of them");
        }
        if (members.size() > 16) {
            throw new IllegalArgumentException("at most 16 members, found " + members.size());
        }
    }

    /** What a director is called that does not say so: the name of its host, as the kernel has it. */
    public static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException _) {
            return "";
        }
    }

    InetSocketAddress self() {
        var self = members.get(name);
        if (self == null) {
            throw new IllegalStateException(name + " is a member");
        }
        return self;
    }

    /** How many members it takes to agree. */
    int majority() {
        return members.size() / 2 + 1;
    }

    /**
     * Where a member listens.
     *
     * @param text {@code 10.0.0.1}, {@code 10.0.0.1:7800}, {@code fd00::1}, {@code [fd00::1]:7800} or a host name
     * @throws IllegalArgumentException if it is none of them
     */
    public static InetSocketAddress place(String text) {
        var bracket = text.indexOf(']');
        var colon = text.lastIndexOf(':');
        var hasPort = colon > bracket && (bracket > 0 || text.indexOf(':') == colon);
        var host = hasPort ? text.substring(0, colon) : text;
        var address = new InetSocketAddress(
                host.replaceAll("[\\[\\]]", ""), hasPort ? port(text.substring(colon + 1), text) : PORT);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("expected an address such as 10.0.0.1 or 10.0.0.1:7800, found " + text);
        }
        return address;
    }

    private static int port(String digits, String text) {
        try {
            var port = Integer.parseInt(digits);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException("expected a port 1..65535 after the colon, found " + text);
    }
}
