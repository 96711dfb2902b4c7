package io.jlvs.engine.plugin;

import java.util.List;
import java.util.Map;

/**
 * What {@code jlvs.yaml} tells plugins, by the name of the scheduler or mode: keys with their values.
 */
public record PluginOptions(
        Map<String, Map<String, List<String>>> schedulers, Map<String, Map<String, List<String>>> modes) {

    public static final PluginOptions NONE = new PluginOptions(Map.of(), Map.of());

    public PluginOptions {
        schedulers = Map.copyOf(schedulers);
        modes = Map.copyOf(modes);
    }
}
