package io.jlvs.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A machine of the lab: a network namespace, the processes in it and a folder for their files. */
public final class Host {

    private static final long PATIENCE_SECONDS = 20;

    private final String namespace;
    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    Host(String namespace, Path folder) {
        this.namespace = namespace;
        this.folder = folder;
    }

    /** A namespace takes over what is set on this machine: what matters here begins the same everywhere. */
    void settle() {
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Finished.of(new ProcessBuilder("ip", "netns", "add", namespace), "").successful();
        sysctl("net.ipv4.ip_forward", "0");
        sysctl("net.ipv6.conf.all.forwarding", "0");
        for (var which : List.of("all", "default")) {
            sysctl("net.ipv4.conf." + which + ".rp_filter", "0");
            sysctl("net.ipv6.conf." + which + ".accept_ra", "0");
            sysctl("net.ipv6.conf." + which + ".accept_dad", "0");
            sysctl("net.ipv6.conf." + which + ".router_solicitations", "0");
        }
        run("ip", "link", "set", "lo", "up");
    }

    /** The name of the namespace. */
    public String namespace() {
        return namespace;
    }

    /** A folder for the files of its processes, which goes with the lab. */
    public Path folder() {
        return folder;
    }

    /** Runs a command to its end; what it printed, if it went well. */
    public String run(String... command) {
        return attempt(command).successful();
    }

    /** Runs a command to its end, whatever that is. */
    public Finished attempt(String... command) {
        return Finished.of(new ProcessBuilder(inside(List.of(command))), "");
    }

    /** Starts a process that ends with the lab, with the thread that calls this, or with the JVM. */
    public Process start(ProcessBuilder builder) {
        try {
            var process = builder.command(inside(builder.command())).start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a process as {@link #start(ProcessBuilder)} does; what it says goes to a file of the folder. */
    public Process start(String log, String... command) {
        var file = folder.resolve(log).toFile();
        return start(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.appendTo(file)));
    }

    /** Writes a file in its folder. */
    public Path write(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives an interface an address with the length of its prefix: {@code 10.0.0.2/24} or {@code fd00::2/64}. */
    public void address(String device, String address) {
        run("ip", "address", "add", address, "dev", device);
    }

    /** Sends what is for a network, {@code default} for all others, by way of a gateway. */
    public void route(String network, String gateway) {
        var family = Family.of(gateway) == Family.IPV6 ? "-6" : "-4";
        run("ip", family, "route", "add", network, "via", gateway);
    }

    /** Sets a kernel parameter of the network, with dots: {@code net.ipv4.ip_forward}. */
    public void sysctl(String name, String value) {
        var path = "/proc/sys/" + name.replace('.', '/');
        run("sh", "-c", "echo \"$1\" >\"$2\"", "sysctl", value, path);
    }

    /** Sets the largest packet that an interface takes, in bytes. */
    public void mtu(String device, int bytes) {
        run("ip", "link", "set", device, "mtu", Integer.toString(bytes));
    }

    /** Lets the interface finish its packets itself: whole checksums and one packet a time, as on a wire. */
    public void withoutOffloads(String device) {
        run("ethtool", "-K", device, "tx", "off", "tso", "off", "gso", "off", "gro", "off");
    }

    /** The link address of an interface: {@code 02:42:ac:11:00:02}. */
    public String mac(String device) {
        return run("ip", "-brief", "link", "show", "dev", device).split(" +", -1)[2];
    }

    /** Starts to record what passes an interface; the filter is in tcpdump's words, empty for everything. */
    public Capture capture(String device, String filter) {
        return Capture.start(this, device, filter);
    }

    /** Ends a process at once, by signal 9, and waits until it is gone. */
    static void kill(Process process) {
        process.destroyForcibly()
                .onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    void endProcesses() {
        processes.forEach(Host::kill);
    }

    private List<String> inside(List<String> command) {
        var enter = Stream.of("nsenter", "--net=/run/netns/" + namespace, "setpriv", "--pdeathsig", "KILL");
        return Stream.concat(enter, command.stream()).toList();
    }
}
