package io.jlvs.datapath.user;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.Upcalls;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A relay of one service with one server: {@code VIP:PORT SERVER:PORT MAX_CONNECTIONS TRANSPORT}. */
final class RelayMain implements Upcalls {

    private final RealServer server;

    private RelayMain(RealServer server) {
        this.server = server;
    }

    @Override
    public void schedule(ConnectionRequested request, Consumer<Decision> answer) {
        answer.accept(new Decision.Forward(new ServerId(request.service(), server.endpoint()), server));
    }

    @Override
    public void publish(JlvsEvent event) {
        switch (event) {
            case DirectorEvent.Overloaded _ -> System.out.println("overloaded");
            case DirectorEvent.Recovered _ -> System.out.println("recovered");
            default -> {}
        }
    }

    public static void main(String[] args) throws Exception {
        loadEverything();
        var virtual = Endpoint.parse(args[0]);
        var server = RealServer.of(Endpoint.parse(args[1]), "nat", 1);
        var defaults = UserDataPathOptions.DEFAULTS;
        var options = new UserDataPathOptions(
                UserDataPathOptions.TransportChoice.valueOf(args[3]),
                defaults.connectTimeout(),
                1,
                defaults.tcpIdleTimeout(),
                defaults.udpIdleTimeout(),
                Integer.parseInt(args[2]),
                0);
        var service = VirtualService.of(ServiceKey.tcp(virtual.address().getHostAddress(), virtual.port()), "rr");
        try (var dataPath = new UserDataPath(options, new RelayMain(server))) {
            dataPath.apply(new ForwardingTable(
                    1, List.of(new ServiceEntry(service, List.of(server))), Map.of("nat", RelayFixture.NAT)));
            System.out.println("limit " + dataPath.connectionLimit());
            System.out.println("ready");
            while (System.in.read() >= 0) {}
        }
    }

    /** Classes that lie about as files can't be loaded any more when descriptors are out; those of jars can. */
    private static void loadEverything() throws Exception {
        for (var type : List.of(UserDataPath.class, JlvsEvent.class)) {
            var root = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(root)) {
                try (var files = Files.walk(root)) {
                    files.map(file -> root.relativize(file).toString())
                            .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                            .forEach(name -> load(name.substring(0, name.length() - ".class".length())));
                }
            }
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name.replace('/', '.'));
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
