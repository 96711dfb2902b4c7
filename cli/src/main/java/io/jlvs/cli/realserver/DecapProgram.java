package io.jlvs.cli.realserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The program of ours that unwraps packets, attached by {@code tc}. That can't give it settings: they are written into a
 * copy of the file, where {@code decap.bpf.c} has left room for them: 16 bytes of name, then the port of GUE (2 bytes, big
 * endian), the number of addresses (1 byte), 13 bytes of 0, and 16 bytes for each address, IPv4 as {@code ::ffff:a.b.c.d}.
 */
record DecapProgram(Path file) {

    private static final int MAX_VIPS = 64;

    private static final String NAME = "jlvs-decap-set-1";
    private static final int PRIORITY = 8; // before the pipeline's: what was balanced once is not balanced again
    private static final String ATTACHED = "decapsulate";
    private static final String WHY =
            "This kernel has no tunnel devices for it: our program unwraps packets for the virtual addresses.";
    private static final String WHY_FILTER = "It loads with an iproute2 that was built with libbpf: tc -V tells.";

    /**
     * What attaches it, or replaces the one that is attached.
     *
     * @throws IOException if the file can't be read or has no room for so many addresses
     */
    List<Step> attach(Request request, Machine machine) throws IOException {
        if (request.vips().size() > MAX_VIPS) {
            throw new IOException(request.vips().size() + " virtual addresses: our program has room for " + MAX_VIPS);
        }
        var copy = "/run/jlvs/decap-" + machine.namespace() + ".bpf.o";
        var device = request.device();
        return List.of(
                new Step(WHY, "mkdir -p /run/jlvs && cp '" + file + "' " + copy),
                new Step(
                        "Its settings: the port of GUE, the number of addresses, the addresses.",
                        "printf %b '" + octal(settings(request)) + "' | dd of=" + copy + " bs=1 seek=" + place()
                                + " conv=notrunc status=none"),
                new Step(WHY_FILTER, "tc qdisc replace dev " + device + " clsact"),
                new Step(
                        WHY_FILTER,
                        "tc filter replace dev " + device + " ingress prio " + PRIORITY
                                + " handle 1 bpf direct-action object-file " + copy + " section tc"),
                new Step("The kernel has it now.", "rm -f " + copy));
    }

    /** What detaches it, if it is attached, and takes the hook away when nobody else uses it. */
    static List<Step> detach(String device, Machine machine) {
        if (!isAttached(device, machine)) {
            return List.of();
        }
        var why = "Our program goes, and its hook unless others use that.";
        return List.of(
                new Step(why, "tc filter del dev " + device + " ingress prio " + PRIORITY),
                new Step(
                        why,
                        "[ -n \"$(tc filter show dev %1$s ingress; tc filter show dev %1$s egress)\" ] || tc qdisc del dev %1$s clsact"
                                .formatted(device)));
    }

    static boolean isAttached(String device, Machine machine) {
        return machine.ask("tc", "filter", "show", "dev", device, "ingress", "prio", Integer.toString(PRIORITY))
                .orElse("")
                .contains(ATTACHED);
    }

    /** Where in the file the settings begin. */
    private int place() throws IOException {
        var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        var name = bytes.indexOf(NAME);
        if (name < 0) {
            throw new IOException(file + " is not of this version of JLVS: install the product again");
        }
        return name + NAME.length();
    }

    private static byte[] settings(Request request) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(request.port() >> 8);
        bytes.write(request.port());
        bytes.write(request.vips().size());
        bytes.writeBytes(new byte[13]);
        for (var vip : request.vips()) {
            if (vip.isIpv4()) {
                bytes.writeBytes(HexFormat.of().parseHex("00000000000000000000ffff"));
            }
            bytes.writeBytes(vip.address().getAddress());
        }
        return bytes.toByteArray();
    }

    /** As {@code printf %b} reads it. */
    private static String octal(byte[] bytes) {
        return IntStream.range(0, bytes.length)
                .mapToObj(i -> "\\0%03o".formatted(bytes[i] & 0xff))
                .collect(Collectors.joining());
    }
}
