package io.jlvs.e2e.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What passes an interface, recorded by tcpdump while a test goes on: IP packets, nothing else. */
public final class Capture implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern HEX_LINE = Pattern.compile("\t0x[0-9a-f]+:  ([0-9a-f ]+)");

    private final Process tcpdump;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private Capture(Process tcpdump) {
        this.tcpdump = tcpdump;
    }

    /** Begins, and returns once no packet can slip by. */
    static Capture start(Host host, String device, String filter) {
        var command = Stream.of(
                "tcpdump", "-Z", "root", "-i", device, "-nn", "-e", "-vv", "-x", "-l", "--immediate-mode", filter);
        var tcpdump = host.start(new ProcessBuilder(command.toList()));
        awaitListening(tcpdump.errorReader());
        var capture = new Capture(tcpdump);
        Thread.ofVirtual().start(() -> tcpdump.inputReader().lines().forEach(capture.lines::add));
        return capture;
    }

    /** The packets so far. */
    public List<Packet> packets() {
        var text = String.join("\n", lines);
        return Pattern.compile("\n(?!\\s)")
                .splitAsStream(text)
                .filter(packet -> !packet.isEmpty())
                .map(Capture::packet)
                .filter(Packet::isComplete)
                .toList();
    }

    /** Waits for a packet whose text has something that matches, and gives the first one. */
    public Packet await(String regex) {
        var wanted = Pattern.compile(regex).asPredicate();
        return await(regex, packet -> wanted.test(packet.text()));
    }

    private Packet await(String what, Predicate<Packet> wanted) {
        var found = Awaitility.await("a packet '" + what + "'")
                .atMost(PATIENCE)
                .until(() -> packets().stream().filter(wanted).findFirst(), Optional::isPresent);
        return found.orElseThrow();
    }

    @Override
    public void close() {
        Host.kill(tcpdump);
    }

    /** The bytes come after the words; each has lines of its own. */
    private static Packet packet(String lines) {
        var words = lines.lines()
                .filter(line -> !HEX_LINE.matcher(line).matches())
                .map(String::strip)
                .collect(Collectors.joining(" "));
        var bytes = lines.lines()
                .map(HEX_LINE::matcher)
                .filter(hex -> hex.matches())
                .map(hex -> hex.group(1).replace(" ", ""))
                .collect(Collectors.joining());
        return new Packet(words, HexFormat.of().parseHex(bytes));
    }

    private static void awaitListening(BufferedReader errors) {
        try {
            for (var line = errors.readLine(); line != null; line = errors.readLine()) {
                if (line.contains("listening on")) {
                    return;
                }
            }
            throw new IllegalStateException("tcpdump ended at once: is the filter right?");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
