package io.jlvs.engine.ipvsadm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Why an answer is not the recorded one on purpose. {@code ipvsadm-differences.txt} lists the commands of each. */
enum Difference {
    OWN_WORDS("help and version are in our own words"),
    HASH_ORDER("the kernel's order of services is that of its hash table, ours that of their making"),
    MAPPED("an IPv4-mapped IPv6 address is no address of its own"),
    LISTS_MAPPED("the service of an IPv4-mapped IPv6 address, which was refused, is not there") {
        @Override
        String without(String stdout) {
            return stdout.replaceAll("(?m)^.*\\[::ffff:.*\\n", "");
        }
    },
    SAVES_ENGINE("a persistence engine without persistence has no effect and is not kept") {
        @Override
        String without(String stdout) {
            return stdout.replace(" -s wlc --pe sip\n", " -s wlc\n");
        }
    };

    private final String reason;

    Difference(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    /** What was recorded, without the difference; the same when there is nothing left to hold on to. */
    String without(String stdout) {
        return stdout;
    }

    /** The commands that differ, by {@link Recorded#place}. */
    static Map<String, Difference> read(Path list) {
        var differences = new HashMap<String, Difference>();
        try {
            for (var line : Files.readAllLines(list)) {
                var fields = line.split(" ", 3);
                if (!line.startsWith("#") && differences.put(fields[0] + " " + fields[1], valueOf(fields[2])) != null) {
                    throw new IllegalStateException("twice in the list: " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return differences;
    }
}
