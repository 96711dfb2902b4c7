package io.jlvs.cli.realserver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Unwrapping by the kernel's own tunnel devices. */
record KernelTunnel(Set<TunnelDevice> devices, Request request, Machine machine) {

    private static final String WHY = "The kernel unwraps packets at this device.";
    private static final String WHY_GUE = "The kernel takes GUE at this port.";

    static KernelTunnel of(Request request, Machine machine) {
        var ipv6 =
                machine.read(Path.of("/proc/sys/net/ipv6/conf/all/forwarding")).isPresent();
        return new KernelTunnel(request.tunnel().devices(request.vips(), ipv6), request, machine);
    }

    /** Whether it has all that is needed, or can load it. */
    boolean isThere() {
        return devices.stream().allMatch(device -> exists(device) || canLoad(device.module()))
                && families().allMatch(family -> takesGue(family) || canLoad(module(family)));
    }

    /** The kernel parameters of the devices. */
    List<Sysctl> sysctls() {
        if (request.vips().stream().noneMatch(Vip::isIpv4)) {
            return List.of();
        }
        return devices.stream()
                .map(device -> Sysctl.withoutReturnPath(device.toString()))
                .toList();
    }

    List<Step> up() {
        var steps = new ArrayList<Step>();
        for (var device : devices) {
            if (!exists(device)) {
                steps.add(new Step(WHY, "modprobe " + device.module()));
            }
            if (device == TunnelDevice.IP6TNL0) {
                steps.add(new Step("It takes IPv4 inside as well.", "ip -6 tunnel change ip6tnl0 mode any"));
            }
            steps.add(new Step(WHY, "ip link set dev " + device + " up"));
        }
        sysctls().forEach(sysctl -> steps.add(sysctl.set()));
        families().filter(family -> !takesGue(family)).forEach(family -> {
            steps.add(new Step(WHY_GUE, "modprobe " + module(family)));
            steps.add(new Step(WHY_GUE, "ip " + family + " fou add port " + request.port() + " gue"));
        });
        return steps;
    }

    List<Step> down() {
        var gue = families()
                .filter(this::takesGue)
                .map(family -> new Step("No more GUE.", "ip " + family + " fou del port " + request.port()));
        var links = devices.stream()
                .filter(this::exists)
                .map(device -> new Step("The kernel no longer unwraps.", "ip link set dev " + device + " down"));
        return Stream.concat(gue, links).toList();
    }

    /** For GUE: the options of {@code ip} for the outer IPv4 and IPv6. */
    private Stream<String> families() {
        if (request.tunnel() != Tunnel.GUE) {
            return Stream.empty();
        }
        return devices.contains(TunnelDevice.IP6TNL0) ? Stream.of("-4", "-6") : Stream.of("-4");
    }

    private static String module(String family) {
        return family.equals("-6") ? "fou6" : "fou";
    }

    /** Either list has the ports of both families, IPv6's are marked. */
    private boolean takesGue(String family) {
        var port = "port " + request.port() + " gue" + (family.equals("-6") ? " -6" : "");
        return machine.ask("ip", family, "fou", "show").orElse("").lines().anyMatch(port::equals);
    }

    private boolean exists(TunnelDevice device) {
        return machine.ask("ip", "link", "show", "dev", device.toString()).isPresent();
    }

    private boolean canLoad(String module) {
        return machine.ask("modprobe", "-n", "-q", module).isPresent();
    }
}
