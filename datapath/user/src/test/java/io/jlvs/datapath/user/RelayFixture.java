package io.jlvs.datapath.user;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.RelayMode;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A relay with one service, plain sockets as clients and servers, all on loopback. */
final class RelayFixture implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    final ScriptedUpcalls upcalls = new ScriptedUpcalls();
    final UserDataPath dataPath;
    private final List<Closeable> sockets = new ArrayList<>();

    static final ForwardingMode NAT = new RelayMode() {
        @Override
        public String name() {
            return "nat";
        }

        @Override
        public Endpoint destination(Flow flow, RealServer server) {
            return server.endpoint();
        }
    };

    RelayFixture() {
        this(UserDataPathOptions.DEFAULTS);
    }

    RelayFixture(UserDataPathOptions options) {
        dataPath = new UserDataPath(options, upcalls);
    }

    /** A TCP service on a free port of this address, with these servers. */
    ServiceKey tcpService(String address, ProxyProtocol proxy, RealServer... servers) throws IOException {
        var key = ServiceKey.tcp(address, freePort(address));
        upcalls.use(servers);
        apply(new VirtualService(key, "rr", Set.of(), null, false, proxy), servers);
        return key;
    }

    ServiceKey tcpService(RealServer... servers) throws IOException {
        return tcpService("127.0.0.1", ProxyProtocol.NONE, servers);
    }

    /** A UDP service likewise. */
    ServiceKey udpService(String address, RealServer... servers) throws IOException {
        int port;
        try (var probe = new DatagramSocket(0, InetAddress.ofLiteral(address))) {
            port = probe.getLocalPort();
        }
        var key = ServiceKey.udp(address, port);
        upcalls.use(servers);
        apply(VirtualService.of(key, "rr"), servers);
        return key;
    }

    void apply(VirtualService service, RealServer... servers) {
        apply(new ServiceEntry(service, List.of(servers)));
    }

    void apply(ServiceEntry... entries) {
        dataPath.apply(new ForwardingTable(1, List.of(entries), Map.of("nat", NAT)));
    }

    /** A server's listening socket. */
    ServerSocket listen(String address) throws IOException {
        var socket = keep(new ServerSocket(0, 512, InetAddress.ofLiteral(address)));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    Socket accept(ServerSocket server) throws IOException {
        var socket = keep(server.accept());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    Socket connect(ServiceKey service) throws IOException {
        var virtual = virtual(service);
        var socket = keep(new Socket(virtual.address(), virtual.port()));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    DatagramSocket datagrams(String address) throws IOException {
        var socket = keep(new DatagramSocket(0, InetAddress.ofLiteral(address)));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    <T extends Closeable> T keep(T socket) {
        sockets.add(socket);
        return socket;
    }

    static Endpoint virtual(ServiceKey service) {
        return ((ServiceKey.Address) service).virtual();
    }

    static RealServer nat(ServerSocket server) {
        return RealServer.of(new Endpoint(server.getInetAddress(), server.getLocalPort()), "nat", 1);
    }

    static RealServer nat(DatagramSocket server) {
        return RealServer.of(new Endpoint(server.getLocalAddress(), server.getLocalPort()), "nat", 1);
    }

    static ServerId id(ServiceKey service, RealServer server) {
        return new ServerId(service, server.endpoint());
    }

    /** A server on whose port nobody listens. */
    static RealServer closedPort() throws IOException {
        return RealServer.of(Endpoint.of("127.0.0.1", freePort("127.0.0.1")), "nat", 1);
    }

    private static int freePort(String address) throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
            return probe.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        dataPath.close();
    }
}
