package io.jlvs.engine.metrics;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceKey;
import io.jlvs.engine.metrics.MetricsOptions.Label;
import io.jlvs.engine.metrics.MetricsOptions.Latency;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which labels a virtual service and a real server have: those that were chosen.
 */
final class Labelling {

    private final MetricsOptions options;

    Labelling(MetricsOptions options) {
        this.options = options;
    }

    /** Whether each service and server has labels that no other has. */
    boolean isComplete() {
        return options.labels().size() == Label.values().length;
    }

    boolean has(Label label) {
        return options.labels().contains(label);
    }

    LabelText of(ServiceKey service) {
        return new Builder(service).build();
    }

    LabelText of(ServiceKey service, RealServer server) {
        return new Builder(service)
                .with(Label.SERVER, server.endpoint().toString())
                .with(Label.MODE, server.mode())
                .build();
    }

    /** The labels of a server's connect latencies; null when there are none. */
    @Nullable
    LabelText ofLatency(ServiceKey service, RealServer server) {
        var builder = new Builder(service);
        return switch (options.latency()) {
            case SERVER ->
                builder.with(Label.SERVER, server.endpoint().toString()).build();
            case SERVICE -> builder.build();
            case NONE -> null;
        };
    }

    /** Whether servers share the histogram of their service. */
    boolean sharesLatency() {
        return options.latency() != Latency.SERVER || !isComplete();
    }

    /** {@code tcp}, {@code udp}, {@code sctp} or {@code fwm}. */
    static String protocol(ServiceKey key) {
        return switch (key) {
            case ServiceKey.Address address -> address.protocol().lowerName();
            case ServiceKey.FirewallMark _ -> "fwm";
        };
    }

    /** {@code 10.0.0.100:80}, {@code [2001:db8::1]:80}, {@code 7} or {@code 7 IPv6}. */
    static String name(ServiceKey key) {
        return switch (key) {
            case ServiceKey.Address address -> address.virtual().toString();
            case ServiceKey.FirewallMark mark -> mark.toString().substring("FWM ".length());
        };
    }

    /** Labels, in the order in which they are added. */
    private final class Builder {

        private final List<String> names = new ArrayList<>();
        private final List<String> values = new ArrayList<>();

        Builder(ServiceKey service) {
            with(Label.PROTOCOL, protocol(service)).with(Label.SERVICE, name(service));
        }

        Builder with(Label label, String value) {
            if (has(label)) {
                names.add(label.lowerName());
                values.add(value);
            }
            return this;
        }

        LabelText build() {
            return LabelText.of(names, values);
        }
    }
}
