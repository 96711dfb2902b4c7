package io.jlvs.engine.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.List;

/**
 * Every metric of our own: its name, type, labels and meaning. Names follow the Prometheus conventions; every label has a
 * bounded set of values: what is configured, what is loaded, or an enum.
 *
 * <p>{@code protocol} is {@code tcp}, {@code udp}, {@code sctp} or {@code fwm}; {@code service} is {@code 10.0.0.100:80}
 * or a firewall mark; {@code server} is {@code 10.0.0.1:8080}.
 */
enum Metric {
    SERVICE_INFO(
            Type.INFO, "service_info", "protocol service scheduler", "A configured virtual service and its scheduler."),
    SERVICE_UP(
            Type.GAUGE,
            "service_up",
            "protocol service",
            "1 while the data path takes the virtual service, 0 while it can't."),
    SERVICE_CONNECTIONS(
            Type.COUNTER,
            "service_connections_total",
            "protocol service",
            "Connections scheduled, those to servers removed since included."),
    SERVICE_RECEIVED_BYTES(
            Type.COUNTER,
            "service_received_bytes_total",
            "protocol service",
            "Bytes from clients: payload in the user data path, IP packets in ebpf."),
    SERVICE_TRANSMITTED_BYTES(
            Type.COUNTER,
            "service_transmitted_bytes_total",
            "protocol service",
            "Bytes to clients: payload in the user data path, IP packets in ebpf."),
    SERVICE_RECEIVED_PACKETS(
            Type.COUNTER,
            "service_received_packets_total",
            "protocol service",
            "Packets from clients; absent where the data path sees streams (TCP in user)."),
    SERVICE_TRANSMITTED_PACKETS(
            Type.COUNTER,
            "service_transmitted_packets_total",
            "protocol service",
            "Packets to clients; absent where the data path sees streams (TCP in user)."),
    SERVICE_REFUSED(
            Type.COUNTER, "service_refused_total", "protocol service reason", "Clients turned away, by reason."),

    SERVER_WEIGHT(
            Type.GAUGE, "server_weight", "protocol service server mode", "Weight of a real server; 0 is quiesced."),
    SERVER_CONNECTIONS(
            Type.COUNTER,
            "server_connections_total",
            "protocol service server mode",
            "Connections scheduled to the real server."),
    SERVER_CONNECTIONS_ACTIVE(
            Type.GAUGE,
            "server_connections_active",
            "protocol service server mode",
            "Connections in SYN_RECV or ESTABLISHED now."),
    SERVER_CONNECTIONS_INACTIVE(
            Type.GAUGE,
            "server_connections_inactive",
            "protocol service server mode",
            "Connections in any other state now, and all UDP sessions."),
    SERVER_RECEIVED_BYTES(
            Type.COUNTER,
            "server_received_bytes_total",
            "protocol service server mode",
            "Bytes from clients for this server: payload in user, IP packets in ebpf."),
    SERVER_TRANSMITTED_BYTES(
            Type.COUNTER,
            "server_transmitted_bytes_total",
            "protocol service server mode",
            "Bytes to clients from this server: payload in user, IP packets in ebpf."),
    SERVER_RECEIVED_PACKETS(
            Type.COUNTER,
            "server_received_packets_total",
            "protocol service server mode",
            "Packets from clients for this server; absent where the data path sees streams."),
    SERVER_TRANSMITTED_PACKETS(
            Type.COUNTER,
            "server_transmitted_packets_total",
            "protocol service server mode",
            "Packets to clients from this server; absent where the data path sees streams."),
    SERVER_CONNECT_LATENCY(
            Type.HISTOGRAM,
            "server_connect_latency_seconds",
            "protocol service server",
            "Time from the attempt to connect until the server accepted; TCP in the user data path only."),

    SCHEDULER_PICKS(
            Type.COUNTER,
            "scheduler_picks_total",
            "scheduler how",
            "Servers picked, by who decided: the scheduler, persistence, or the fallback."),
    SCHEDULER_PICK_DURATION(
            Type.HISTOGRAM,
            "scheduler_pick_duration_seconds",
            "scheduler",
            "How long a scheduler took to pick; only when it was asked."),

    PLUGIN_STATE(
            Type.GAUGE,
            "plugin_state",
            "plugin jar version state",
            "1 for the state that a plugin jar is in, 0 for the others."),
    PLUGIN_FAILURES(
            Type.COUNTER,
            "plugin_failures_total",
            "extension",
            "How often a scheduler or mode threw or answered nonsense."),
    PLUGIN_REJECTED(Type.COUNTER, "plugin_rejected_total", "", "Jars that could not be loaded."),

    CONFIGURATION_VERSION(
            Type.GAUGE, "configuration_version", "", "Version of the desired state; rises by one with each change."),
    SERVICES(Type.GAUGE, "services", "", "Configured virtual services."),
    SERVERS(Type.GAUGE, "servers", "", "Configured real servers of all services."),
    OVERLOADED(
            Type.GAUGE,
            "overloaded",
            "",
            "How many resources the director is short of now; it sheds new connections while above 0."),
    EVENTS(Type.COUNTER, "events_total", "type", "Events on the event bus, by type."),
    DATAPATH_INFO(Type.INFO, "datapath_info", "kind", "The data path that runs."),
    DATAPATH_DROPPED(
            Type.COUNTER,
            "datapath_dropped_packets_total",
            "reason",
            "Packets that the data path dropped, by reason; absent where it drops none (user)."),
    BUILD_INFO(Type.INFO, "build_info", "version java", "The version of JLVS and of the Java runtime.");

    private final Type type;
    private final String suffix;
    private final String help;
    private final String labels;

    /** @param labels the label names with a space between */
    Metric(Type type, String suffix, String labels, String help) {
        this.type = type;
        this.suffix = suffix;
        this.help = help;
        this.labels = labels;
    }

    /** The kinds that Prometheus knows; an info is a gauge that is always 1. */
    enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        INFO
    }

    Type type() {
        return type;
    }

    /** The name as it is scraped, such as {@code jlvs_server_weight}. */
    String fullName() {
        return "jlvs_" + suffix;
    }

    String help() {
        return help;
    }

    List<String> labelNames() {
        return labels.isEmpty() ? List.of() : List.of(labels.split(" "));
    }

    /** Values for the label names, in their order. */
    Labels labels(String... values) {
        return Labels.of(labelNames(), List.of(values));
    }

    /** Name and help; the client library appends {@code _total} and {@code _info} itself. */
    MetricMetadata metadata() {
        return new MetricMetadata(baseName(), help);
    }

    /** A counter that is counted here, to be registered. */
    Counter counter() {
        return Counter.builder()
                .name(fullName())
                .help(help)
                .labelNames(labelNames().toArray(String[]::new))
                .withoutExemplars()
                .build();
    }

    /** A histogram that is counted here, to be registered. */
    Histogram histogram(double... upperBounds) {
        return Histogram.builder()
                .name(fullName())
                .help(help)
                .labelNames(labelNames().toArray(String[]::new))
                .classicOnly()
                .classicUpperBounds(upperBounds)
                .withoutExemplars()
                .build();
    }

    private String baseName() {
        return type == Type.COUNTER || type == Type.INFO
                ? fullName().substring(0, fullName().lastIndexOf('_'))
                : fullName();
    }
}
