package io.jlvs.cli.realserver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What setup leaves for teardown, a file for each network namespace: a line {@code vip ADDRESS} for each address, and a
 * line {@code PARAMETER BEFORE SET} for each kernel parameter that was changed.
 *
 * <p>A value from before counts only while the parameter still is what setup made it. So a file that a namespace of the
 * same number left behind, or a change by somebody else, does no harm.
 */
record Memory(List<Vip> vips, Map<Path, Change> changes) {

    record Change(String before, String set) {}

    private static final String VIP = "vip";

    Memory {
        vips = List.copyOf(vips);
        changes = new LinkedHashMap<>(changes);
    }

    static Path file(Machine machine) {
        return Path.of("/run/jlvs/realserver-" + machine.namespace() + ".state");
    }

    /** What was remembered and still is so. */
    static Memory of(Machine machine) {
        var vips = new ArrayList<Vip>();
        var changes = new LinkedHashMap<Path, Change>();
        for (var line : machine.read(file(machine)).orElse("").lines().toList()) {
            var words = line.split(" ", -1);
            if (words.length == 2 && words[0].equals(VIP)) {
                vips.add(Vip.of(words[1]));
            } else if (words.length == 3
                    && machine.read(Path.of(words[0])).orElse("").equals(words[2])) {
                changes.put(Path.of(words[0]), new Change(words[1], words[2]));
            }
        }
        vips.retainAll(Loopback.vips(machine));
        return new Memory(vips, changes);
    }

    /** With the addresses of a request, and what its parameters are before they are set. */
    Memory with(Request request, List<Sysctl> sysctls, Machine machine) {
        var all = new LinkedHashMap<>(changes);
        for (var sysctl : sysctls) {
            machine.read(sysctl.path())
                    .filter(present -> !present.equals(sysctl.value()))
                    .ifPresent(present -> all.put(sysctl.path(), new Change(present, sysctl.value())));
        }
        return new Memory(
                Stream.concat(vips.stream(), request.vips().stream()).distinct().toList(), all);
    }

    /** Without the addresses of a request. */
    Memory without(Request request) {
        return new Memory(
                vips.stream().filter(vip -> !request.vips().contains(vip)).toList(), changes);
    }

    Step write(Machine machine) {
        var lines = Stream.concat(
                vips.stream().map(vip -> VIP + " " + vip),
                changes.entrySet().stream()
                        .map(change -> change.getKey() + " " + change.getValue().before() + " "
                                + change.getValue().set()));
        var quoted = String.join("' '", lines.toList());
        return new Step(
                "Teardown puts back what was before.",
                "mkdir -p /run/jlvs && printf '%s\\n' '" + quoted + "' >" + file(machine));
    }
}
