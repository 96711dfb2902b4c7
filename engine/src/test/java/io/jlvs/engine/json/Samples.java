package io.jlvs.engine.json;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Command;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Persistence;
import io.jlvs.api.Protocol;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.PluginEvent;
import io.jlvs.api.event.RefusalReason;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** At least one of each command and of each event. */
public final class Samples {

    public static final ServiceKey KEY = ServiceKey.tcp("10.0.0.100", 80);
    public static final ServiceKey MARK = new ServiceKey.FirewallMark(7, AddressFamily.IPV6);
    public static final Endpoint SERVER = Endpoint.of("2001:db8::1", 8080);

    private static final long AT = 1_790_000_000_000L;
    private static final Flow FLOW =
            new Flow(Protocol.TCP, Endpoint.of("10.0.0.2", 40000), Endpoint.of("10.0.0.100", 80));

    private Samples() {}

    public static List<Command> commands() {
        var plain = VirtualService.of(KEY, "rr");
        var full = new VirtualService(
                MARK,
                "mh",
                Set.of(SchedulerFlag.FLAG_1, SchedulerFlag.FLAG_3),
                Persistence.of(60, AddressFamily.IPV6),
                true,
                ProxyProtocol.V2);
        var server = RealServer.of(SERVER, "nat", 3);
        return List.of(
                new Command.AddService(plain),
                new Command.EditService(full),
                new Command.DeleteService(KEY),
                new Command.AddServer(KEY, server),
                new Command.EditServer(MARK, server),
                new Command.DeleteServer(KEY, SERVER),
                new Command.Clear(),
                new Command.Zero(null),
                new Command.Zero(KEY));
    }

    public static List<JlvsEvent> events() {
        var changes = commands().stream()
                .<JlvsEvent>map(command -> new ConfigurationChanged(AT, 9, command, "root with ipvsadm"));
        return Stream.of(changes, connectionEvents(), pluginEvents(), directorEvents())
                .flatMap(events -> events)
                .toList();
    }

    private static Stream<JlvsEvent> connectionEvents() {
        return Stream.of(
                new ConnectionRequested(AT, 1, KEY, FLOW, Set.of(SERVER)),
                new ConnectionScheduled(AT, 1, MARK, FLOW, SERVER, "rr", ConnectionScheduled.How.PERSISTENCE, 1200),
                new ConnectionOpened(AT, 1, KEY, FLOW, SERVER, 150_000),
                new ConnectionClosed(
                        AT, 1, KEY, FLOW, SERVER, 1, 5_000_000_000L, 7, ConnectionClosed.Cause.CLIENT_RESET),
                new ConnectionRefused(AT, 1, KEY, FLOW, RefusalReason.NO_SERVER));
    }

    private static Stream<JlvsEvent> pluginEvents() {
        return Stream.of(
                new PluginEvent.Loaded(AT, "rr-1.jar", "rr", "1.0", List.of("rr", "wrr"), true),
                new PluginEvent.Removed(AT, "rr-1.jar", "rr"),
                new PluginEvent.Rejected(AT, "rr-1.jar", "no zip file"),
                new PluginEvent.Kept(AT, "rr-1.jar", "rr", List.of("TCP 10.0.0.100:80")),
                new PluginEvent.Failed(AT, "rr-1.jar", "rr", "ArithmeticException: / by zero"));
    }

    private static Stream<JlvsEvent> directorEvents() {
        return Stream.of(
                new DirectorEvent.Started(AT, "0.1.0", "user"),
                new DirectorEvent.Overloaded(AT, "file descriptors", "1024 of 1024"),
                new DirectorEvent.Recovered(AT, "file descriptors"),
                new DirectorEvent.StateSetAside(AT, "state.json.corrupt-1", "no JSON"),
                new DirectorEvent.ServiceDown(AT, "TCP 10.0.0.100:80", "address in use"),
                new DirectorEvent.ServiceUp(AT, "TCP 10.0.0.100:80"),
                new DirectorEvent.SiblingSilent(AT, "TCP 10.0.0.100:80", "no answer within 20 ms"),
                new DirectorEvent.SiblingBack(AT, "TCP 10.0.0.100:80"));
    }
}
