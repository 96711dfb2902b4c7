package io.jlvs.datapath.ebpf;

import io.jlvs.datapath.ebpf.libbpf.Libbpf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the kernel path needs of the machine. */
final class Prerequisites {

    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_SYS_ADMIN = 21;
    private static final int CAP_PERFMON = 38;
    private static final int CAP_BPF = 39;

    /** The first kernel with bpf_loop, the youngest of what the programs use. */
    private static final int MAJOR = 5;

    private static final int MINOR = 17;

    private Prerequisites() {}

    /** What is missing, as a sentence that says what to do; empty when nothing is. */
    static Optional<String> missing() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("it needs Linux");
        }
        return Libbpf.unavailable()
                .or(Prerequisites::kernel)
                .or(Prerequisites::privilege)
                .or(Prerequisites::fileSystem);
    }

    private static Optional<String> kernel() {
        var release = System.getProperty("os.version");
        var numbers = Pattern.compile("(\\d+)\\.(\\d+)").matcher(release);
        if (!numbers.find()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        return major > MAJOR || (major == MAJOR && minor >= MINOR)
                ? Optional.empty()
                : Optional.of("kernel " + release + " is too old, it needs " + MAJOR + "." + MINOR + " or later");
    }

    private static Optional<String> privilege() {
        long effective = effectiveCapabilities();
        boolean admin = has(effective, CAP_SYS_ADMIN);
        boolean bpf = admin || (has(effective, CAP_BPF) && has(effective, CAP_PERFMON));
        return bpf && has(effective, CAP_NET_ADMIN)
                ? Optional.empty()
                : Optional.of("it may not load programs: run it as root, or with the capabilities CAP_BPF, CAP_PERFMON "
                        + "and CAP_NET_ADMIN");
    }

    private static Optional<String> fileSystem() {
        return Files.isDirectory(Path.of("/sys/fs/bpf"))
                ? Optional.empty()
                : Optional.of(
                        "there is no /sys/fs/bpf to keep maps in: mount /sys, or build the kernel with BPF_SYSCALL");
    }

    private static boolean has(long capabilities, int one) {
        return (capabilities >> one & 1) != 0;
    }

    private static long effectiveCapabilities() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("CapEff:"))
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the capabilities of this process", e);
        }
    }
}
