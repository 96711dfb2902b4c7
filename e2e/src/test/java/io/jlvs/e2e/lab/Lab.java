package io.jlvs.e2e.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A room for hosts and switches. Everything in it carries its name as a prefix; closing it ends the processes, and removes
 * the namespaces and the folders. Opening one first removes what is left of labs whose JVM is gone.
 */
public final class Lab implements AutoCloseable {

    private static final List<String> TOOLS = List.of(
            "ip", "nsenter", "setpriv", "curl", "nginx", "dnsmasq", "busybox", "tcpdump", "ethtool", "tc", "nft",
            "clang");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = Leavings.PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    private final Path folder = Leavings.TEMPORARY.resolve(name);
    private final List<Host> hosts = new ArrayList<>();

    private Lab() {
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens an empty lab. */
    public static Lab open() {
        Leavings.ofKilledRuns().forEach(Leavings::remove);
        return new Lab();
    }

    /** Opens a lab and furnishes it; closes it if that fails. */
    public static <T> T furnished(Function<Lab, T> topology) {
        var lab = open();
        try {
            return topology.apply(lab);
        } catch (RuntimeException | Error e) {
            lab.close();
            throw e;
        }
    }

    /** Skips the test, and prints why, where there can be no lab. */
    public static void assumePossible() {
        var reason = whyNot();
        if (!reason.isEmpty()) {
            System.out.println("tests in network namespaces are skipped: " + reason);
        }
        assumeTrue(reason.isEmpty(), reason);
    }

    /** Why there can be no lab on this machine; empty if there can. */
    public static String whyNot() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "they take root";
        }
        var missing = TOOLS.stream().filter(tool -> !isInstalled(tool)).toList();
        if (!missing.isEmpty()) {
            return "not installed: " + String.join(", ", missing);
        }
        var tried = Finished.of(new ProcessBuilder("unshare", "--net", "ip", "link", "set", "lo", "up"), "");
        return tried.exit() == 0
                ? ""
                : "no network namespace can be made: " + tried.errors().strip();
    }

    /** Whether a program of this name is on the path. */
    public static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
    }

    /** The prefix of its namespaces, and the name of its folders. */
    public String name() {
        return name;
    }

    /** A temporary folder that goes with the lab. */
    public Path folder() {
        return folder;
    }

    /** Where in the bpf file system things may be pinned that go with the lab; nothing is there yet. */
    public Path pins() {
        return Leavings.BPF.resolve(name);
    }

    /** A new host: a network namespace with nothing but {@code lo}, that forwards nothing. */
    public Host newHost(String hostName) {
        var host = new Host(name + "-" + hostName, folder.resolve(hostName));
        hosts.add(host);
        host.settle();
        return host;
    }

    /** A new switch: a bridge in a namespace of its own, where no firewall of this machine reaches it. */
    public Switch newSwitch(String switchName) {
        return new Switch(newHost(switchName));
    }

    @Override
    public void close() {
        hosts.forEach(Host::endProcesses);
        Leavings.remove(name);
    }
}
