package io.jlvs.api.datapath;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The values of all settings of IPVS at one moment.
 *
 * @param changed those that are not the default
 */
public record Sysctls(Map<Sysctl, String> changed) {

    /** A kernel's, as long as nobody sets any. */
    public static final Sysctls DEFAULTS = new Sysctls(Map.of());

    public Sysctls {
        var copy = new EnumMap<Sysctl, String>(Sysctl.class);
        copy.putAll(changed);
        changed = Collections.unmodifiableMap(copy);
    }

    /** As it is shown: a number, or two. */
    public String value(Sysctl sysctl) {
        return changed.getOrDefault(sysctl, sysctl.defaultValue());
    }

    /** The (first) number. */
    public int number(Sysctl sysctl) {
        return Integer.parseInt(value(sysctl).split(" ", 2)[0]);
    }

    public boolean isOn(Sysctl sysctl) {
        return number(sysctl) != 0;
    }

    /**
     * These with another value of one. A single number for two changes the first.
     *
     * @throws IllegalArgumentException if it does not take the value, saying what it takes
     */
    public Sysctls with(Sysctl sysctl, String value) {
        var next = new EnumMap<Sysctl, String>(Sysctl.class);
        next.putAll(changed);
        var text = sysctl == Sysctl.SYNC_THRESHOLD && !value.strip().matches(".*\\s.*")
                ? value.strip() + " " + value(sysctl).split(" ", 2)[1]
                : value;
        next.put(
                sysctl,
                sysctl.read(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "expected " + sysctl.range() + ", found '" + value + "'")));
        return new Sysctls(next);
    }
}
