package io.jlvs.api.testing.packet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Frames that a real IPVS (Linux 6.1) received and sent, as {@code tcpdump -e -vv -x} printed them.
 *
 * <p>The client (10.0.0.2) is on the director's interface {@code cl} (10.0.0.1, VIP 10.0.0.100), the server (10.0.1.2)
 * on its interface {@code rs} (10.0.1.1). MAC addresses: {@link #CLIENT}, {@link #DIRECTOR_CLIENT_SIDE}, {@link
 * #DIRECTOR_SERVER_SIDE}, {@link #SERVER}.
 *
 * @param sections the frames in their order by what is recorded: {@code namespace d, interface rs} or {@code gre-csum}
 */
public record RecordedFrames(Map<String, List<Frame>> sections) {

    public static final String CLIENT = "02:00:00:00:0c:00";
    public static final String DIRECTOR_CLIENT_SIDE = "02:00:00:00:0d:00";
    public static final String DIRECTOR_SERVER_SIDE = "02:00:00:00:0d:01";
    public static final String SERVER = "02:00:00:00:05:00";

    private static final String CLIENT_SIDE = "namespace d, interface cl";
    private static final String SERVER_SIDE = "namespace d, interface rs";
    private static final Pattern LINK =
            Pattern.compile("([0-9a-f:]{17}) > ([0-9a-f:]{17}), ethertype \\S+ \\(0x([0-9a-f]{4})\\).*");
    private static final Pattern DUMP = Pattern.compile("\\s+0x[0-9a-f]{4}:\\s+([0-9a-f ]+)");

    /** What went into the director, and what came out for it. */
    public record Forwarded(Frame in, Frame out) {}

    /**
     * A file that is beside this class.
     *
     * @param name {@code nat-udp}, {@code dr-udp}, {@code tun-udp} (by namespace and interface) or {@code tunnel-types}
     *     (by type: {@code ipip}, {@code gue-nocsum}, {@code gue-csum}, {@code gue-remcsum}, {@code gre-nocsum}, {@code
     *     gre-csum})
     */
    public static RecordedFrames read(String name) {
        var stream = Objects.requireNonNull(
                RecordedFrames.class.getResourceAsStream("frames-" + name + ".txt"), () -> "no recording " + name);
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return parse(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a file of that form. */
    public static RecordedFrames parse(List<String> lines) {
        var sections = new LinkedHashMap<String, List<Frame>>();
        var text = new ArrayList<String>();
        var section = "";
        for (var line : lines) {
            if (line.startsWith("#") || !Character.isWhitespace(firstOf(line))) {
                flush(text, section, sections);
            }
            if (line.startsWith("# ")) {
                section = line.substring(2);
            } else {
                text.add(line);
            }
        }
        flush(text, section, sections);
        return new RecordedFrames(sections);
    }

    public List<Frame> section(String name) {
        return Objects.requireNonNull(sections.get(name), () -> "no section " + name + " in " + sections.keySet());
    }

    /** All of them. */
    public List<Frame> frames() {
        return sections.values().stream().flatMap(List::stream).toList();
    }

    /** What the client sent, and what the director made of it for the server. */
    public List<Forwarded> requests() {
        return pairs(sentBy(CLIENT, CLIENT_SIDE), sentBy(DIRECTOR_SERVER_SIDE, SERVER_SIDE));
    }

    /** What the server answered through the director, and what that made of it for the client: in NAT only. */
    public List<Forwarded> answers() {
        return pairs(sentBy(SERVER, SERVER_SIDE), sentBy(DIRECTOR_CLIENT_SIDE, CLIENT_SIDE));
    }

    private List<Frame> sentBy(String mac, String section) {
        return section(section).stream()
                .filter(frame -> frame.get(Ethernet.class).source().equals(mac))
                .toList();
    }

    private static List<Forwarded> pairs(List<Frame> in, List<Frame> out) {
        if (in.size() != out.size()) {
            throw new IllegalStateException("%d frames in, but %d out".formatted(in.size(), out.size()));
        }
        return IntStream.range(0, in.size())
                .mapToObj(i -> new Forwarded(in.get(i), out.get(i)))
                .toList();
    }

    private static char firstOf(String line) {
        return line.isEmpty() ? ' ' : line.charAt(0);
    }

    /** Adds the frame that the lines tell of, if they hold its bytes. */
    private static void flush(List<String> lines, String section, Map<String, List<Frame>> sections) {
        var dump = new StringBuilder();
        for (var line : lines) {
            var matcher = DUMP.matcher(line);
            if (matcher.matches()) {
                dump.append(matcher.group(1).replace(" ", ""));
            }
        }
        if (!dump.isEmpty()) {
            sections.computeIfAbsent(section, name -> new ArrayList<>()).add(frame(lines.getFirst(), dump.toString()));
        }
        lines.clear();
    }

    private static Frame frame(String head, String dump) {
        var link = LINK.matcher(head);
        var hex = HexFormat.of();
        if (!link.matches()) {
            return Frame.parseIp(hex.parseHex(dump));
        }
        var header = (link.group(2) + link.group(1) + link.group(3)).replace(":", "");
        return Frame.parse(hex.parseHex(header + dump));
    }
}
