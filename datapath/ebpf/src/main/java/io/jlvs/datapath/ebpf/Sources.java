package io.jlvs.datapath.ebpf;

import io.jlvs.api.AddressFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;

/**
 * Which address of its own the director has on the way to another: what the kernel's routes say when a datagram socket is
 * connected, which sends nothing. Remembered until {@link #forget}.
 */
final class Sources {

    private static final int ANY_PORT = 9; // discard; never sent to

    private final Map<InetAddress, InetAddress> known = new HashMap<>();

    /** The source address, or the unspecified one when there is no way. */
    InetAddress of(InetAddress destination) {
        return known.computeIfAbsent(destination, Sources::lookUp);
    }

    void forget() {
        known.clear();
    }

    private static InetAddress lookUp(InetAddress destination) {
        var ipv4 = AddressFamily.of(destination) == AddressFamily.IPV4;
        try (var channel = DatagramChannel.open(ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6)) {
            channel.connect(new InetSocketAddress(destination, ANY_PORT));
            return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        } catch (SocketException _) {
            return InetAddress.ofLiteral(ipv4 ? "0.0.0.0" : "::");
        } catch (IOException e) {
            throw new UncheckedIOException("can't open a datagram socket to look up a route", e);
        }
    }
}
