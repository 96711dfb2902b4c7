package io.jlvs.api.testing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One scenario played on the IPVS of a real kernel (Linux 6.1), and which server it picked for each connection.
 *
 * @param flags further words of {@code ipvsadm -A}
 * @param proto {@code tcp} or {@code udp}
 * @param mode {@code closed}: each connection ends before the next begins; {@code held}: all stay open until closed
 * @param dests the servers in the order of adding
 * @param sources the client of each pick, with or without a port; null when one client makes them all
 * @param targets the address that each pick asks for; null when it is always the same
 * @param picks names of servers; {@code !ECONNREFUSED} or null where nobody was picked
 */
public record Recording(
        String id,
        String scheduler,
        List<String> flags,
        String proto,
        String mode,
        List<Dest> dests,
        List<Event> events,
        @Nullable List<String> sources,
        @Nullable List<String> targets,
        List<@Nullable String> picks) {

    private static final ObjectReader READER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(Recording.class);

    /** @param options further words of {@code ipvsadm -a} */
    public record Dest(
            String addr, int port, int weight, @Nullable List<String> options) {}

    /**
     * A change.
     *
     * @param at before which pick, from 0
     * @param argv the ipvsadm command; null for {@code close}
     * @param connections numbers of the picks whose connections are closed; null for commands
     */
    public record Event(
            int at,
            String op,
            @Nullable List<String> argv,
            @Nullable List<Integer> connections) {}

    /**
     * All scenarios of a file that is beside this class.
     *
     * @param file such as {@code rr}, {@code fo-ovf} or {@code ipv6}
     */
    public static List<Recording> read(String file) {
        var stream = Objects.requireNonNull(
                Recording.class.getResourceAsStream("sched/" + file + ".jsonl"), () -> "no recording " + file);
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().map(Recording::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a client comes back to its server: then the engine decides, not the scheduler alone. */
    public boolean isPersistent() {
        return flags.contains("-p");
    }

    @Override
    public String toString() {
        return scheduler + "/" + id;
    }

    private static Recording parse(String line) {
        try {
            return READER.readValue(line);
        } catch (IOException e) {
            throw new UncheckedIOException("not a recording: " + line, e);
        }
    }
}
