package io.jlvs.engine.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network of hosts, each a namespace with an interface {@code eth0} at one bridge, which is in a namespace of its own.
 * Opening one first removes what killed runs left.
 */
final class Segment implements AutoCloseable {

    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final String PREFIX = "jlvs-seg-";

    private final String name = PREFIX + ProcessHandle.current().pid() + "-";
    private final List<Process> holders = new ArrayList<>();

    private Segment() {}

    /** Skips the test, and says why, where there can be none. */
    static Segment of(String... hosts) {
        var possible =
                "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/nsenter"));
        if (!possible) {
            System.out.println("tests of addresses are skipped: they take root and namespaces");
        }
        assumeTrue(possible, "takes root and namespaces");
        namespaces(PREFIX)
                .filter(left -> ProcessHandle.of(Long.parseLong(left.split("-", -1)[2]))
                                .isEmpty()
                        || left.startsWith(PREFIX + ProcessHandle.current().pid() + "-"))
                .forEach(Segment::remove);
        var segment = new Segment();
        segment.build(hosts);
        return segment;
    }

    private void build(String... hosts) {
        run(List.of("ip", "netns", "add", name + "bridge"));
        at("bridge", "ip link add jlvsbr type bridge");
        at("bridge", "ip link set jlvsbr up");
        for (var host : hosts) {
            run(List.of("ip", "netns", "add", name + host));
            at(host, "ip link add eth0 type veth peer name jlvs" + host + " netns " + name + "bridge");
            at("bridge", "ip link set jlvs" + host + " master jlvsbr up");
            at(host, "ip link set eth0 up");
        }
    }

    /** Runs a command in a host; what it printed. */
    String at(String host, String command) {
        return run(inside(host, List.of(command.split(" ", -1))));
    }

    /** The link address of a host's interface. */
    String mac(String host) {
        return at(host, "ip -brief link show dev eth0").split(" +", -1)[2];
    }

    /** Starts a process in a host that holds addresses once told. */
    Held holder(String host, String... addresses) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.concat(
                Stream.of(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName()),
                Stream.of(addresses));
        try {
            var process = new ProcessBuilder(inside(host, command.toList()))
                    .redirectOutput(Redirect.INHERIT)
                    .start();
            holders.add(process);
            return new Held(process, process.errorReader(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process that holds addresses. */
    record Held(Process process, BufferedReader answers) {

        /** Tells it a line of {@link Holder}'s; its problem after that, {@code null} when it has none. */
        String tell(String line) {
            try {
                var out = process.outputWriter(StandardCharsets.UTF_8);
                out.write(line + "\n");
                out.flush();
                return String.valueOf(answers.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** By signal 9. */
        void kill() {
            process.destroyForcibly().onExit().join();
        }
    }

    private List<String> inside(String host, List<String> command) {
        return Stream.concat(Stream.of("nsenter", "--net=" + NAMESPACES.resolve(name + host)), command.stream())
                .toList();
    }

    private static String run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> namespaces(String prefix) {
        return Stream.ofNullable(NAMESPACES.toFile().listFiles())
                .flatMap(Stream::of)
                .map(File::getName)
                .filter(found -> found.startsWith(prefix));
    }

    private static void remove(String namespace) {
        run(List.of("ip", "netns", "del", namespace));
    }

    @Override
    public void close() {
        holders.forEach(holder -> holder.destroyForcibly().onExit().join());
        namespaces(name).forEach(Segment::remove);
    }
}
