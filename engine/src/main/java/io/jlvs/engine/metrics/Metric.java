package io.jlvs.engine.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.List;

/**
 * Every metric of our own: its name, type, labels and meaning. Those named {@code node_ipvs_} are there on demand. Names follow the Prometheus conventions; every label has a
 * bounded set of values: what is configured, what is loaded, or an enum.
 *
 * <p>{@code protocol} is {@code tcp}, {@code udp}, {@code sctp} or {@code fwm}; {@code service} is {@code 10.0.0.100:80}
 * or a firewall mark; {@code server} is {@code 10.0.0.1:8080}.
 */
enum Metric {
    SERVICE_INFO(
            Type.INFO,
            "jlvs_service_info",
            "protocol service scheduler",
            "A configured virtual service and its scheduler."),
    SERVICE_UP(
            Type.GAUGE,
            "jlvs_service_up",
            "protocol service",
            "1 while the data path takes the virtual service, 0 while it can't."),
    SERVICE_CONNECTIONS(
            Type.COUNTER,
            "jlvs_service_connections_total",
            "protocol service",
            "Connections scheduled, those to servers removed since included."),
    SERVICE_RECEIVED_BYTES(
            Type.COUNTER,
            "jlvs_service_received_bytes_total",
            "protocol service",
            "Bytes from clients: payload in the user data path, IP packets in ebpf."),
    SERVICE_TRANSMITTED_BYTES(
            Type.COUNTER,
            "jlvs_service_transmitted_bytes_total",
            "protocol service",
            "Bytes to clients: payload in the user data path, IP packets in ebpf."),
    SERVICE_RECEIVED_PACKETS(
            Type.COUNTER,
            "jlvs_service_received_packets_total",
            "protocol service",
            "Packets from clients; absent where the data path sees streams (TCP in user)."),
    SERVICE_TRANSMITTED_PACKETS(
            Type.COUNTER,
            "jlvs_service_transmitted_packets_total",
            "protocol service",
            "Packets to clients; absent where the data path sees streams (TCP in user)."),
    SERVICE_REFUSED(
            Type.COUNTER, "jlvs_service_refused_total", "protocol service reason", "Clients turned away, by reason."),

    SERVER_WEIGHT(
            Type.GAUGE,
            "jlvs_server_weight",
            "protocol service server mode",
            "Weight of a real server; 0 is quiesced."),
    SERVER_CONNECTIONS(
            Type.COUNTER,
            "jlvs_server_connections_total",
            "protocol service server mode",
            "Connections scheduled to the real server."),
    SERVER_CONNECTIONS_ACTIVE(
            Type.GAUGE,
            "jlvs_server_connections_active",
            "protocol service server mode",
            "Connections in SYN_RECV or ESTABLISHED now."),
    SERVER_CONNECTIONS_INACTIVE(
            Type.GAUGE,
            "jlvs_server_connections_inactive",
            "protocol service server mode",
            "Connections in any other state now, and all UDP sessions."),
    SERVER_RECEIVED_BYTES(
            Type.COUNTER,
            "jlvs_server_received_bytes_total",
            "protocol service server mode",
            "Bytes from clients for this server: payload in user, IP packets in ebpf."),
    SERVER_TRANSMITTED_BYTES(
            Type.COUNTER,
            "jlvs_server_transmitted_bytes_total",
            "protocol service server mode",
            "Bytes to clients from this server: payload in user, IP packets in ebpf."),
    SERVER_RECEIVED_PACKETS(
            Type.COUNTER,
            "jlvs_server_received_packets_total",
            "protocol service server mode",
            "Packets from clients for this server; absent where the data path sees streams."),
    SERVER_TRANSMITTED_PACKETS(
            Type.COUNTER,
            "jlvs_server_transmitted_packets_total",
            "protocol service server mode",
            "Packets to clients from this server; absent where the data path sees streams."),
    SERVER_CONNECT_LATENCY(
            Type.HISTOGRAM,
            "jlvs_server_connect_latency_seconds",
            "protocol service server",
            "Time until the server accepted a TCP connection: the relay's in user, SYN to SYN-ACK in ebpf (nat only)."),

    SCHEDULER_PICKS(
            Type.COUNTER,
            "jlvs_scheduler_picks_total",
            "scheduler how",
            "Servers picked, by who decided: the scheduler, persistence, or the fallback."),
    SCHEDULER_PICK_DURATION(
            Type.HISTOGRAM,
            "jlvs_scheduler_pick_duration_seconds",
            "scheduler",
            "How long a scheduler took to pick; only when it was asked."),

    REMOTE_PICKS(
            Type.COUNTER,
            "jlvs_remote_picks_total",
            "protocol service outcome",
            "Picks of schedulers that ask a sibling, by what became of the question; the fallback picks unless answered."),

    PLUGIN_STATE(
            Type.GAUGE,
            "jlvs_plugin_state",
            "plugin jar version state",
            "1 for the state that a plugin jar is in, 0 for the others."),
    PLUGIN_FAILURES(
            Type.COUNTER,
            "jlvs_plugin_failures_total",
            "extension",
            "How often a scheduler or mode threw or answered nonsense."),
    PLUGIN_REJECTED(Type.COUNTER, "jlvs_plugin_rejected_total", "", "Jars that could not be loaded."),

    CONFIGURATION_CHECKSUM(
            Type.GAUGE,
            "jlvs_configuration_checksum",
            "",
            "CRC-32 of all services and servers: equal on directors that are told the same."),
    CONFIGURATION_VERSION(
            Type.GAUGE,
            "jlvs_configuration_version",
            "",
            "Version of the desired state; rises by one with each change."),
    SERVICES(Type.GAUGE, "jlvs_services", "", "Configured virtual services."),
    SERVERS(Type.GAUGE, "jlvs_servers", "", "Configured real servers of all services."),
    OVERLOADED(
            Type.GAUGE,
            "jlvs_overloaded",
            "",
            "How many resources the director is short of now; it sheds new connections while above 0."),
    EVENTS(Type.COUNTER, "jlvs_events_total", "type", "Events on the event bus, by type."),
    BUS_DROPPED(
            Type.COUNTER,
            "jlvs_bus_dropped_events_total",
            "gateway",
            "Events that subscribers outside did not get because they, or all of them together, did not keep up."),
    DATAPATH_INFO(Type.INFO, "jlvs_datapath_info", "kind", "The data path that runs."),
    DATAPATH_DROPPED(
            Type.COUNTER,
            "jlvs_datapath_dropped_packets_total",
            "reason",
            "Packets that the data path dropped, by reason; absent where it drops none (user)."),
    DATAPATH_EVENTS_LOST(
            Type.COUNTER,
            "jlvs_datapath_events_lost_total",
            "ring",
            "What the kernel could not tell the engine, its ring being full: events, or asks for a server."),
    DATAPATH_ASKED(
            Type.COUNTER,
            "jlvs_datapath_asked_packets_total",
            "",
            "First packets for which the kernel asked a scheduler in the engine."),
    DATAPATH_TABLE_ENTRIES(
            Type.GAUGE,
            "jlvs_datapath_table_entries",
            "table",
            "Entries of the kernel's tables; a connection whose answers pass here has two."),
    DATAPATH_TABLE_CAPACITY(
            Type.GAUGE, "jlvs_datapath_table_capacity", "table", "Entries that the kernel's tables have room for."),
    DATAPATH_SWEEP_DURATION(
            Type.HISTOGRAM,
            "jlvs_datapath_sweep_duration_seconds",
            "",
            "How long it took to go over the connections for those that have ended."),
    SYNC_MESSAGES_SENT(Type.COUNTER, "jlvs_sync_sent_messages_total", "", "Synchronisation messages sent."),
    SYNC_BYTES_SENT(Type.COUNTER, "jlvs_sync_sent_bytes_total", "", "Bytes of synchronisation messages sent."),
    SYNC_SENT(Type.COUNTER, "jlvs_sync_sent_entries_total", "", "Connections and templates told to other directors."),
    SYNC_DROPPED(
            Type.COUNTER,
            "jlvs_sync_dropped_entries_total",
            "",
            "Connections and templates not told: the way to the other directors did not keep up."),
    SYNC_MESSAGES_RECEIVED(
            Type.COUNTER, "jlvs_sync_received_messages_total", "", "Synchronisation messages of other directors."),
    SYNC_MESSAGES_REFUSED(
            Type.COUNTER,
            "jlvs_sync_refused_messages_total",
            "reason",
            "Messages of which nothing was taken: of another syncid or unwanted (filtered), or malformed."),
    SYNC_RECEIVED(
            Type.COUNTER,
            "jlvs_sync_received_entries_total",
            "outcome",
            "Connections and templates of other directors: taken, older than known here, or left out as not known here."),
    DATAPATH_APPLY_DURATION(
            Type.HISTOGRAM,
            "jlvs_datapath_apply_duration_seconds",
            "",
            "How long it took to bring a change into effect in the data path."),
    BUILD_INFO(Type.INFO, "jlvs_build_info", "version java", "The version of JLVS and of the Java runtime."),

    IPVS_CONNECTIONS(
            Type.COUNTER,
            "node_ipvs_connections_total",
            "",
            "As jlvs_service_connections_total of all services, of removed ones too."),
    IPVS_IN_PACKETS(Type.COUNTER, "node_ipvs_incoming_packets_total", "", "Packets from clients, of all services."),
    IPVS_OUT_PACKETS(Type.COUNTER, "node_ipvs_outgoing_packets_total", "", "Packets to clients, of all services."),
    IPVS_IN_BYTES(Type.COUNTER, "node_ipvs_incoming_bytes_total", "", "Bytes from clients, of all services."),
    IPVS_OUT_BYTES(Type.COUNTER, "node_ipvs_outgoing_bytes_total", "", "Bytes to clients, of all services."),
    IPVS_ACTIVE(
            Type.GAUGE, "node_ipvs_backend_connections_active", IpvsNames.LABELS, "As jlvs_server_connections_active."),
    IPVS_INACTIVE(
            Type.GAUGE,
            "node_ipvs_backend_connections_inactive",
            IpvsNames.LABELS,
            "As jlvs_server_connections_inactive."),
    IPVS_WEIGHT(Type.GAUGE, "node_ipvs_backend_weight", IpvsNames.LABELS, "As jlvs_server_weight.");

    private final Type type;
    private final String fullName;
    private final String help;
    private final String labels;

    /** @param labels the label names with a space between */
    Metric(Type type, String fullName, String labels, String help) {
        this.type = type;
        this.fullName = fullName;
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
        return fullName;
    }

    String help() {
        return help;
    }

    List<String> labelNames() {
        return labels.isEmpty() ? List.of() : List.of(labels.split(" "));
    }

    /** Values for the label names, in their order. */
    LabelText labels(String... values) {
        return LabelText.of(labelNames(), List.of(values));
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
}
