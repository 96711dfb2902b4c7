package io.jlvs.cli.realserver;

import java.net.InetAddress;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The interface that holds the virtual addresses: no network hears of them there. */
final class Loopback {

    private static final Pattern ADDRESS = Pattern.compile("inet6? ([0-9a-f.:]+)(?:/(?:32|128))? ");

    private Loopback() {}

    /** The addresses at {@code lo} that stand alone. */
    static Set<Vip> vips(Machine machine) {
        return ADDRESS.matcher(
                        machine.ask("ip", "-o", "address", "show", "dev", "lo").orElse(""))
                .results()
                .map(found -> new Vip(InetAddress.ofLiteral(found.group(1))))
                .collect(Collectors.toSet());
    }

    static Step add(Vip vip) {
        return new Step(
                "The server takes packets for the virtual address; as an address of lo it is not told to the network.",
                "ip address replace " + vip.host() + " dev lo" + (vip.isIpv4() ? "" : " nodad"));
    }

    static Step remove(Vip vip) {
        return new Step("The server no longer takes packets for it.", "ip address del " + vip.host() + " dev lo");
    }
}
