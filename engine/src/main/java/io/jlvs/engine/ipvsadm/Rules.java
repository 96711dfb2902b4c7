package io.jlvs.engine.ipvsadm;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Protocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Tunnel;
import io.jlvs.api.VirtualService;
import java.util.List;
import java.util.Locale;

/** Services and servers as the rules that would make them: {@code ipvsadm -S}. Thresholds are not saved, as ever. */
final class Rules {

    private Rules() {}

    static String of(List<ServiceEntry> services, Naming naming) {
        var text = new StringBuilder();
        for (var entry : ListOrder.sorted(ListOrder.unsorted(services), ListOrder.SERVICES)) {
            var service = selector(entry.key(), naming);
            text.append("-A ").append(service).append(service(entry.service())).append('\n');
            for (var server : ListOrder.sorted(entry.servers(), ListOrder.SERVERS)) {
                text.append("-a ")
                        .append(service)
                        .append(" -r ")
                        .append(naming.of(server.endpoint(), entry.key()))
                        .append(server(server))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String selector(ServiceKey key, Naming naming) {
        return switch (key) {
            case ServiceKey.Address(var protocol, var virtual) -> selector(protocol) + naming.of(virtual, protocol);
            case ServiceKey.FirewallMark(var mark, var family) ->
                "-f " + (int) mark + (family == AddressFamily.IPV6 ? " -6" : "");
        };
    }

    private static String selector(Protocol protocol) {
        return switch (protocol) {
            case TCP -> "-t ";
            case UDP -> "-u ";
            case SCTP -> "--sctp-service ";
        };
    }

    private static String service(VirtualService service) {
        var words = new StringBuilder(" -s ").append(service.scheduler());
        var persistence = service.persistence();
        if (persistence != null) {
            words.append(" -p ").append(persistence.timeoutSeconds());
            if (!persistence.isSingleAddress()) {
                words.append(" -M ").append(Listing.mask(persistence, service.key()));
            }
            if (persistence.engine() != null) {
                words.append(" --pe ").append(persistence.engine());
            }
        }
        return words.append(service.onePacket() ? " -o" : "")
                .append(service.flags().isEmpty() ? "" : " -b " + Flags.text(service))
                .toString();
    }

    private static String server(RealServer server) {
        var mode = switch (server.mode()) {
            case "nat" -> " -m";
            case "dr" -> " -g";
            case "tun" -> " -i";
            default -> " --mode " + server.mode();
        };
        return mode + " -w " + server.weight() + (server.mode().equals("tun") ? tunnel(server.tunnel()) : "");
    }

    private static String tunnel(Tunnel tunnel) {
        var type = " --tun-type " + tunnel.type().name().toLowerCase(Locale.ROOT);
        if (tunnel.type() == Tunnel.Type.IPIP) {
            return type;
        }
        var port = tunnel.type() == Tunnel.Type.GUE ? " --tun-port " + tunnel.port() : "";
        return type
                + port
                + switch (tunnel.checksum()) {
                    case NONE -> " --tun-nocsum";
                    case FULL -> " --tun-csum";
                    case REMOTE -> " --tun-remcsum";
                };
    }
}
