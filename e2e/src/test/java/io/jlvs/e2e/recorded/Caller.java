package io.jlvs.e2e.recorded;

import io.jlvs.e2e.lab.Inhabitant;
import io.jlvs.e2e.lab.Topology;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Map;

/** The client of a recording: it chooses its ports, and tells what it sees in the words of the recordings. */
final class Caller implements AutoCloseable {

    private static final int PATIENCE_MS = 6000;

    private final Inhabitant inhabitant;
    private final Map<InetSocketAddress, Socket> sockets = new HashMap<>();
    private final Map<Integer, DatagramSocket> datagramSockets = new HashMap<>();

    Caller(Inhabitant inhabitant) {
        this.inhabitant = inhabitant;
    }

    Inhabitant inhabitant() {
        return inhabitant;
    }

    /** Connects from a port of its own address to the VIP. */
    Socket connect(int from, int port) throws IOException {
        return connect(new InetSocketAddress("10.0.0.2", from), new InetSocketAddress(Topology.VIP, port), PATIENCE_MS);
    }

    /** Connects, and keeps the socket open to the end. */
    Socket connect(InetSocketAddress from, InetSocketAddress to, int patienceMs) throws IOException {
        try {
            var socket = inhabitant.call(() -> {
                var made = new Socket();
                made.setReuseAddress(true);
                made.setTcpNoDelay(true);
                made.bind(from);
                try {
                    made.connect(to, patienceMs);
                } catch (IOException e) {
                    made.close();
                    throw e;
                }
                made.setSoTimeout(PATIENCE_MS);
                return made;
            });
            sockets.put((InetSocketAddress) socket.getLocalSocketAddress(), socket);
            return socket;
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e;
        }
    }

    /** What becomes of an attempt to connect to the VIP. */
    String attempt(int from, int port) {
        return attempt(from, port, PATIENCE_MS);
    }

    String attempt(int from, int port, int patienceMs) {
        try {
            connect(new InetSocketAddress("10.0.0.2", from), new InetSocketAddress(Topology.VIP, port), patienceMs);
            return "connected";
        } catch (SocketTimeoutException e) {
            return "timeout of " + patienceMs / 1000. + " s";
        } catch (NoRouteToHostException e) {
            return "EHOSTUNREACH";
        } catch (ConnectException e) {
            return "ECONNREFUSED";
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Its socket of this port of its own address. */
    Socket socket(int from) {
        var socket = sockets.get(new InetSocketAddress("10.0.0.2", from));
        if (socket == null) {
            throw new IllegalArgumentException("no connection from port " + from);
        }
        return socket;
    }

    /** Sends a datagram of so many bytes to the VIP. */
    DatagramSocket datagram(int from, int port, int bytes) throws IOException {
        var socket = datagramSockets.computeIfAbsent(
                from,
                _ -> inhabitant.call(() -> {
                    var made = new DatagramSocket(new InetSocketAddress("10.0.0.2", from));
                    made.setSoTimeout(500);
                    return made;
                }));
        socket.connect(new InetSocketAddress(Topology.VIP, port));
        socket.send(new DatagramPacket(new byte[bytes], bytes));
        return socket;
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets.values()) {
            socket.close();
        }
        datagramSockets.values().forEach(DatagramSocket::close);
    }
}
