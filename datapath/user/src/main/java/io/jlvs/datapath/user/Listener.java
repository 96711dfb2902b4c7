package io.jlvs.datapath.user;

import io.jlvs.api.Addresses;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPathException;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;

/** The listening socket of one virtual service. */
sealed interface Listener permits TcpListener, UdpListener {

    /** Takes the service as it is now; connections from now on follow it. */
    void use(ServiceEntry entry);

    /** Stops to listen. Connections go on. */
    void close();

    /**
     * Listens on a service's address.
     *
     * @throws DataPathException if that can't be had
     */
    static Listener open(Relay relay, ServiceKey.Address key, ServiceEntry entry) {
        return key.protocol() == Protocol.UDP ? new UdpListener(relay, key) : new TcpListener(relay, key, entry);
    }

    /** Waits for a socket to be bound, or says why it can't be and what to do. */
    static void awaitBound(ServiceKey.Address key, ChannelFuture bound) {
        if (!bound.awaitUninterruptibly().isSuccess()) {
            var cause = bound.cause();
            throw new DataPathException("can't listen on " + key + ": " + reason(cause, key), cause);
        }
    }

    static InetSocketAddress address(Endpoint endpoint) {
        return new InetSocketAddress(endpoint.address(), endpoint.port());
    }

    static Endpoint endpoint(InetSocketAddress address) {
        return new Endpoint(address.getAddress(), address.getPort());
    }

    private static String reason(Throwable cause, ServiceKey.Address key) {
        if (Shedding.isOutOfDescriptors(cause)) {
            return "the process is out of file descriptors. Raise its limit";
        }
        var message = String.valueOf(cause.getMessage());
        if (message.contains("assign requested address")) {
            return Addresses.format(key.virtual().address())
                    + " is no address of this host. Add it to an interface first (ip addr add)";
        }
        if (message.contains("Permission denied")) {
            return "ports below net.ipv4.ip_unprivileged_port_start need the capability CAP_NET_BIND_SERVICE";
        }
        if (message.contains("in use")) {
            return "another socket has this address and port";
        }
        return message;
    }
}
