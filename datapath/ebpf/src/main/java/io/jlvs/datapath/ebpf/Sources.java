package io.jlvs.datapath.ebpf;

import io.jlvs.api.AddressFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Which address of its own the director has on the way to another: what the kernel's routes say when a datagram socket is
 * connected, which sends nothing. Remembered until {@link #forget}.
 */
final class Sources {

    private static final int ANY_PORT = 9; // discard; never sent to

    private final Map<InetAddress, InetAddress> known = new HashMap<>();
    /** One for all look-ups: most of the time would go into opening them. */
    private final Map<AddressFamily, DatagramChannel> sockets = new EnumMap<>(AddressFamily.class);

    /** The source address, or the unspecified one when there is no way. */
    InetAddress of(InetAddress destination) {
        return known.computeIfAbsent(destination, this::lookUp);
    }

    void forget() {
        known.clear();
        sockets.values().forEach(Sources::close);
        sockets.clear();
    }

    private InetAddress lookUp(InetAddress destination) {
        var family = AddressFamily.of(destination);
        try {
            var socket = sockets.computeIfAbsent(family, Sources::open);
            try {
                socket.connect(new InetSocketAddress(destination, ANY_PORT));
                return ((InetSocketAddress) socket.getLocalAddress()).getAddress();
            } finally {
                socket.disconnect();
            }
        } catch (SocketException _) {
            return InetAddress.ofLiteral(family == AddressFamily.IPV4 ? "0.0.0.0" : "::");
        } catch (IOException e) {
            throw new UncheckedIOException("can't look up a route by a datagram socket", e);
        }
    }

    private static DatagramChannel open(AddressFamily family) {
        try {
            return DatagramChannel.open(
                    family == AddressFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        } catch (IOException e) {
            throw new UncheckedIOException("can't open a datagram socket to look up a route", e);
        }
    }

    private static void close(DatagramChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't close a datagram socket", e);
        }
    }
}
