package io.jlvs.engine.ipvsadm;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Persistence;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Tunnel;
import io.jlvs.engine.cluster.sync.SyncSwitch;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a {@link Request} of words. The first option is the command; the others are taken in their order, which counts:
 * {@code -r} without a port takes that of the service so far, {@code -6} comes after {@code -f}, and {@code -M} after both.
 */
final class RequestReader {

    private static final int MAX_PORT = 65535;

    private final AddressReader addresses;
    private final Words words;
    private final Request request;
    private String flags = "";

    private RequestReader(AddressReader addresses, Words words, Request request) {
        this.addresses = addresses;
        this.words = words;
        this.request = request;
    }

    /**
     * Reads and checks a command line.
     *
     * @throws Refusal if it makes no sense
     */
    static Request read(List<String> line, HostNames names) {
        var words = new Words(line);
        var request = new Request(command(words));
        var reader = new RequestReader(new AddressReader(names), words, request);
        if (request.command != CommandWord.HELP && request.command != CommandWord.VERSION) {
            reader.readAll();
        }
        return request;
    }

    private static CommandWord command(Words words) {
        try {
            var first = words.nextOption();
            if (first == null) {
                throw Refusal.noCommand();
            }
            return CommandWord.of(first);
        } catch (Refusal _) {
            throw Refusal.noCommand();
        }
    }

    private void readAll() {
        if (request.command == CommandWord.START_DAEMON || request.command == CommandWord.STOP_DAEMON) {
            readRole();
        }
        for (var option = words.nextOption(); option != null; option = words.nextOption()) {
            take(option);
        }
        if (request.command == CommandWord.SET) {
            readTimeouts();
        }
        var extra = words.takeLeft();
        if (extra != null) {
            throw Refusal.of("unexpected argument " + extra);
        }
        request.flags = Flags.read(flags, request.scheduler);
        request.command.check(request.given);
        RequestChecks.check(request);
    }

    private void take(Option option) {
        if (option.isCommand()) {
            throw Refusal.of("invalid option `" + words.word() + "'");
        }
        if (option == Option.SORT) {
            return;
        }
        if (option == Option.IPV6) {
            takeIpv6();
            return;
        }
        if (!request.given.add(option.checkedName())) {
            throw Refusal.of("multiple '" + option.checkedName() + "' options specified");
        }
        takeValue(option);
    }

    private void takeValue(Option option) {
        switch (option) {
            case TCP_SERVICE -> request.service = service(Protocol.TCP);
            case UDP_SERVICE -> request.service = service(Protocol.UDP);
            case SCTP_SERVICE -> request.service = service(Protocol.SCTP);
            case FWMARK_SERVICE -> request.service = firewallMark();
            case SCHEDULER -> request.scheduler = words.argument().isEmpty() ? null : cut(words.argument(), 15);
            case PERSISTENT -> request.persistentSeconds = persistent();
            case NETMASK -> request.netmask = netmask();
            case PE -> request.engine = words.argument().isEmpty() ? null : cut(words.argument(), 16);
            case OPS -> request.onePacket = true;
            case SCHED_FLAGS -> flags = words.argument();
            case REAL_SERVER -> request.server = server();
            case GATEWAYING -> request.mode = "dr";
            case IPIP -> request.mode = "tun";
            case MASQUERADING -> request.mode = "nat";
            case MODE -> request.mode = words.argument();
            case WEIGHT -> request.weight = number("weight", 0);
            case U_THRESHOLD -> request.upperThreshold = number("u_threshold", 0);
            case L_THRESHOLD -> request.lowerThreshold = number("l_threshold", 0);
            case TUN_TYPE -> request.tunnelType = tunnelType();
            case TUN_PORT -> request.tunnelPort = number("tunnel port", 1, MAX_PORT);
            case MCAST_INTERFACE -> request.syncInterface = cut(words.argument(), 15);
            case SYNCID -> request.syncId = number("syncid", 0, 255);
            case SYNC_MAXLEN -> request.syncMaxLength = number("sync-maxlen", 1, 65507);
            case MCAST_PORT -> request.syncPort = number("mcast-port", 1, MAX_PORT);
            case MCAST_TTL -> request.syncHops = number("mcast-ttl", 1, 255);
            case MCAST_GROUP -> request.syncGroup = multicastGroup(words.argument());
            default -> {}
        }
    }

    private ServiceKey service(Protocol protocol) {
        var read = addresses
                .read(words.argument(), protocol)
                .orElseThrow(() -> Refusal.of("illegal virtual server address[:port] specified"));
        var key = new ServiceKey.Address(
                protocol, new Endpoint(read.host(), read.port().orElse(0)));
        if (key.family() == AddressFamily.IPV6) {
            request.netmask = null;
        }
        return key;
    }

    private ServiceKey firewallMark() {
        var mark = Numbers.read(words.argument(), 1, 0xffff_ffffL);
        if (mark.isEmpty()) {
            throw Refusal.of("invalid fwmark value `" + words.argument() + "' specified");
        }
        return new ServiceKey.FirewallMark(mark.getAsLong(), AddressFamily.IPV4);
    }

    private void takeIpv6() {
        if (!(request.service instanceof ServiceKey.FirewallMark mark)) {
            throw Refusal.of("-6 used before -f\n");
        }
        request.service = new ServiceKey.FirewallMark(mark.mark(), AddressFamily.IPV6);
        request.netmask = null;
    }

    private Endpoint server() {
        var read = addresses
                .read(words.argument(), request.service == null ? null : Naming.protocol(request.service))
                .orElseThrow(() -> Refusal.of("illegal real server address[:port] specified"));
        var servicePort = request.service instanceof ServiceKey.Address address
                ? address.virtual().port()
                : 0;
        return new Endpoint(read.host(), read.port().orElse(servicePort));
    }

    private int persistent() {
        return words.hasArgument() ? seconds(words.argument(), 1) : Persistence.DEFAULT_TIMEOUT_SECONDS;
    }

    private static int seconds(String text, int least) {
        var seconds = Numbers.read(text, least, Persistence.MAX_TIMEOUT_SECONDS);
        if (seconds.isEmpty()) {
            throw Refusal.of("invalid timeout value `" + text + "' specified");
        }
        return (int) seconds.getAsLong();
    }

    private InetAddress netmask() {
        var text = words.argument();
        if (request.service != null && request.service.family() == AddressFamily.IPV6) {
            var prefix = Numbers.leading(text);
            if (prefix < 1 || prefix > 128) {
                throw Refusal.of("illegal ipv6 netmask specified");
            }
            return Persistence.prefixMask(AddressFamily.IPV6, (int) prefix);
        }
        var mask = addresses.ipv4(text);
        if (mask == null) {
            throw Refusal.of("illegal virtual server persistent mask specified");
        }
        return mask;
    }

    private int number(String what, int least) {
        return number(what, least, Integer.MAX_VALUE);
    }

    private int number(String what, int least, int most) {
        var number = Numbers.read(words.argument(), least, most);
        if (number.isEmpty()) {
            throw Refusal.of("illegal " + what + " specified");
        }
        return (int) number.getAsLong();
    }

    private Tunnel.Type tunnelType() {
        return switch (words.argument()) {
            case "ipip" -> Tunnel.Type.IPIP;
            case "gue" -> Tunnel.Type.GUE;
            case "gre" -> Tunnel.Type.GRE;
            default -> throw Refusal.of("illegal tunnel type specified");
        };
    }

    private static InetAddress multicastGroup(String text) {
        var group = AddressReader.literal(text);
        if (group == null || !group.isMulticastAddress()) {
            throw Refusal.of("invalid " + (text.contains(":") ? "IPv6" : "IPv4") + " mcast-group `" + text + "'");
        }
        return group;
    }

    private void readRole() {
        request.role = Stream.of(SyncSwitch.Role.values())
                .filter(role -> SyncDaemons.word(role).equals(words.argument()))
                .findFirst()
                .orElseThrow(() -> Refusal.of(
                        request.command == CommandWord.START_DAEMON
                                ? "illegal start-daemon parameter specified"
                                : "illegal start_daemon specified"));
    }

    private void readTimeouts() {
        var texts = new String[3];
        for (int i = 0; i < texts.length; i++) {
            var text = words.takeLeft();
            if (text == null) {
                throw Refusal.of("--set option requires 3 timeout values");
            }
            texts[i] = text;
        }
        request.timeouts = new int[] {seconds(texts[0], 0), seconds(texts[1], 0), seconds(texts[2], 0)};
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
