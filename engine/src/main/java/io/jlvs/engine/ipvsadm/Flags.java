package io.jlvs.engine.ipvsadm;

import static java.util.stream.Collectors.joining;

import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.VirtualService;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The scheduler flags of {@code -b}: three by number, and the names that sh and mh have for two of them. */
final class Flags {

    private static final Map<String, SchedulerFlag> NUMBERED =
            Map.of("flag-1", SchedulerFlag.FLAG_1, "flag-2", SchedulerFlag.FLAG_2, "flag-3", SchedulerFlag.FLAG_3);
    private static final Map<String, SchedulerFlag> OF_SH =
            Map.of("sh-fallback", SchedulerFlag.FLAG_1, "sh-port", SchedulerFlag.FLAG_2);
    private static final Map<String, SchedulerFlag> OF_MH =
            Map.of("mh-fallback", SchedulerFlag.FLAG_1, "mh-port", SchedulerFlag.FLAG_2);

    private Flags() {}

    /**
     * Reads a list with commas.
     *
     * @param scheduler null for the default one
     */
    static Set<SchedulerFlag> read(String list, @Nullable String scheduler) {
        var flags = EnumSet.noneOf(SchedulerFlag.class);
        var own = named(scheduler == null ? VirtualService.DEFAULT_SCHEDULER : scheduler);
        for (var word : list.split(",", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            var flag = NUMBERED.getOrDefault(word, own.get(word));
            if (flag == null) {
                var known = OF_SH.containsKey(word) || OF_MH.containsKey(word);
                throw Refusal.of((known ? "incompatible" : "invalid") + " scheduler flag `" + word + "'");
            }
            flags.add(flag);
        }
        return flags;
    }

    /** {@code sh-fallback,sh-port}. A scheduler with names of its own for flags keeps quiet about the others. */
    static String text(VirtualService service) {
        var own = named(service.scheduler());
        return (own.isEmpty() ? NUMBERED : own)
                .entrySet().stream()
                        .filter(entry -> service.flags().contains(entry.getValue()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .collect(joining(","));
    }

    private static Map<String, SchedulerFlag> named(String scheduler) {
        return switch (scheduler) {
            case "sh" -> OF_SH;
            case "mh", "ch" -> OF_MH;
            default -> Map.of();
        };
    }
}
