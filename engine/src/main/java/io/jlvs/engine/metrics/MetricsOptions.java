package io.jlvs.engine.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Which series are scraped: the more labels, the more of them. What lacks a label is added up.
 *
 * @param labels that services and real servers have
 * @param latency for what there are histograms of the time until a server accepts
 * @param ipvsNames whether IPVS's figures are there under {@code node_ipvs_} too
 */
public record MetricsOptions(Set<Label> labels, Latency latency, boolean ipvsNames) {

    public static final MetricsOptions DEFAULTS = new MetricsOptions(Set.of(Label.values()), Latency.SERVER, false);

    /** A label that tells services or servers apart. */
    public enum Label {
        PROTOCOL,
        SERVICE,
        SERVER,
        MODE;

        /**
         * Reads a label's name.
         *
         * @throws IllegalArgumentException if there is no such label
         */
        public static Label parse(String name) {
            return Arrays.stream(values())
                    .filter(label -> label.lowerName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "expected protocol, service, server or mode, found '" + name + "'"));
        }

        /** As it is scraped. */
        String lowerName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What has a histogram of its own. */
    public enum Latency {
        SERVER,
        SERVICE,
        NONE
    }

    public MetricsOptions {
        labels = Set.copyOf(labels);
    }
}
