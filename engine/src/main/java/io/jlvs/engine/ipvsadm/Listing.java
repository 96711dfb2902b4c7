package io.jlvs.engine.ipvsadm;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Addresses;
import io.jlvs.api.Persistence;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.engine.stats.Figures;
import io.jlvs.engine.stats.FiguresSnapshot;
import io.jlvs.engine.stats.Statistics;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** Services and servers in the columns of {@code ipvsadm -L}. */
final class Listing {

    private static final String BANNER = "IP Virtual Server version 1.2.1 (size=4096)\n";
    private static final int SERVER_NAME = 28;
    private static final int SERVICE_NAME = 33;

    private final Request request;
    private final Naming naming;
    private final Statistics statistics;
    private final FiguresSnapshot figures;
    private final LongFunction<String> number;
    private final StringBuilder text = new StringBuilder();

    private Listing(Request request, Naming naming, Statistics statistics) {
        this.request = request;
        this.naming = naming;
        this.statistics = statistics;
        this.figures = statistics.snapshot();
        this.number = request.has(Option.EXACT) ? Numbers::exact : Numbers::abbreviated;
    }

    /** All of them, sorted unless that was refused, under the banner. */
    static String all(Request request, Naming naming, Statistics statistics, List<ServiceEntry> services) {
        var listing = new Listing(request, naming, statistics);
        listing.text.append(BANNER);
        listing.header();
        var unsorted = ListOrder.unsorted(services);
        (request.has(Option.NOSORT) ? unsorted : ListOrder.sorted(unsorted, ListOrder.SERVICES))
                .forEach(listing::entry);
        return listing.text.toString();
    }

    /** One, without the banner. */
    static String one(Request request, Naming naming, Statistics statistics, ServiceEntry service) {
        var listing = new Listing(request, naming, statistics);
        listing.header();
        listing.entry(service);
        return listing.text.toString();
    }

    private void header() {
        var first = "Prot LocalAddress:Port";
        var second = "  -> RemoteAddress:Port";
        switch (request.layout()) {
            case STATS -> line("%-33s %8s %8s %8s %8s %8s", first, "Conns", "InPkts", "OutPkts", "InBytes", "OutBytes");
            case RATE -> line("%-33s %8s %8s %8s %8s %8s", first, "CPS", "InPPS", "OutPPS", "InBPS", "OutBPS");
            case THRESHOLDS ->
                line("%-33s %-10s %-10s %-10s %-10s", first, "Uthreshold", "Lthreshold", "ActiveConn", "InActConn");
            case PERSISTENT_CONN ->
                line("%-33s %-9s %-11s %-10s %-10s", first, "Weight", "PersistConn", "ActiveConn", "InActConn");
            case TUN_INFO, DEFAULT -> line("%s", first + " Scheduler Flags");
        }
        switch (request.layout()) {
            case TUN_INFO -> line("%s", second + "           Forward TunnelInfo    Weight ActiveConn InActConn");
            case DEFAULT -> line("%s", second + "           Forward Weight ActiveConn InActConn");
            default -> line("%s", second);
        }
    }

    private void entry(ServiceEntry entry) {
        service(entry.service());
        var sort = !request.has(Option.NOSORT);
        for (var server : sort ? ListOrder.sorted(entry.servers(), ListOrder.SERVERS) : entry.servers()) {
            server(entry, server);
        }
    }

    private void service(VirtualService service) {
        var name = name(service.key());
        var cut = service.key().family() == AddressFamily.IPV4 ? cut(name, SERVICE_NAME) : name;
        switch (request.layout()) {
            case STATS -> line("%-33s%s", cut, totals(figures.of(service.key())));
            case RATE -> {
                var rates = figures.of(service.key()).rates();
                line(
                        "%-33s%s",
                        cut,
                        numbers(
                                rates.connections(),
                                rates.inPackets(),
                                rates.outPackets(),
                                rates.inBytes(),
                                rates.outBytes()));
            }
            default -> line("%s %s%s", cut, service.scheduler(), attributes(service));
        }
    }

    private String attributes(VirtualService service) {
        var words = new StringBuilder();
        if (!service.flags().isEmpty()) {
            words.append(" (").append(Flags.text(service)).append(')');
        }
        var persistence = service.persistence();
        if (persistence != null) {
            words.append(" persistent ").append(persistence.timeoutSeconds());
            if (!persistence.isSingleAddress()) {
                words.append(" mask ").append(mask(persistence, service.key()));
            }
            if (persistence.engine() != null) {
                words.append(" pe ").append(persistence.engine());
            }
        }
        return words.append(service.onePacket() ? " ops" : "").toString();
    }

    private void server(ServiceEntry entry, RealServer server) {
        var id = new ServerId(entry.key(), server.endpoint());
        var load = statistics.load(id);
        var full = naming.of(server.endpoint(), entry.key());
        var name = server.endpoint().family() == AddressFamily.IPV4 ? cut(full, SERVER_NAME) : full;
        switch (request.layout()) {
            case STATS -> line("  -> %-28s%s", name, totals(figures.of(id)));
            case RATE -> {
                var rates = figures.of(id).rates();
                line(
                        "  -> %-28s %8d %8d %8d%s",
                        name,
                        rates.connections(),
                        rates.inPackets(),
                        rates.outPackets(),
                        numbers(rates.inBytes(), rates.outBytes()));
            }
            case THRESHOLDS ->
                line(
                        "  -> %-28s %-10d %-10d %-10d %-10d",
                        name, server.thresholds().upper(), server.thresholds().lower(), load.active(), load.inactive());
            case PERSISTENT_CONN ->
                line(
                        "  -> %-28s %-9d %-11d %-10d %-10d",
                        name, server.weight(), load.persistent(), load.active(), load.inactive());
            case TUN_INFO ->
                line(
                        "  -> %-28s %-7s %-13s %-6d %-10d %-10d",
                        name, forward(server), tunnel(server), server.weight(), load.active(), load.inactive());
            case DEFAULT ->
                line(
                        "  -> %-28s %-7s %-6d %-10d %-10d",
                        name, forward(server), server.weight(), load.active(), load.inactive());
        }
    }

    private String totals(Figures shown) {
        var total = shown.total();
        return numbers(total.connections(), total.inPackets(), total.outPackets(), total.inBytes(), total.outBytes());
    }

    private String numbers(long... values) {
        var columns = new StringBuilder();
        for (var value : values) {
            columns.append(number.apply(value));
        }
        return columns.toString();
    }

    private String name(ServiceKey key) {
        return switch (key) {
            case ServiceKey.Address(var protocol, var virtual) ->
                "%-4s %s".formatted(protocol, naming.of(virtual, protocol));
            case ServiceKey.FirewallMark(var mark, var family) ->
                "FWM  " + (int) mark + (family == AddressFamily.IPV6 ? " IPv6" : "");
        };
    }

    static String mask(Persistence persistence, ServiceKey key) {
        return key.family() == AddressFamily.IPV6
                ? Integer.toString(persistence.prefix())
                : Addresses.format(persistence.netmask());
    }

    private static String forward(RealServer server) {
        return switch (server.mode()) {
            case "nat" -> "Masq";
            case "dr" -> "Route";
            case "tun" -> "Tunnel";
            default -> cut(server.mode(), 7);
        };
    }

    private static String tunnel(RealServer server) {
        if (!server.mode().equals("tun")) {
            return "n/a";
        }
        var checksum = switch (server.tunnel().checksum()) {
            case NONE -> "-c";
            case FULL -> "+c";
            case REMOTE -> "r+c";
        };
        return switch (server.tunnel().type()) {
            case IPIP -> "ipip";
            case GUE -> "gue:" + server.tunnel().port() + ":" + checksum;
            case GRE -> "gre:" + checksum;
        };
    }

    private static String cut(String name, int length) {
        return name.length() <= length ? name : name.substring(0, length);
    }

    @SuppressWarnings("AnnotateFormatMethod") // would need a library for one annotation
    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
