package io.jlvs.engine.metrics;

import io.jlvs.api.Protocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.datapath.TrafficSnapshot;
import io.jlvs.engine.registry.Configuration;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Supplier;

/** The counters and loads of the data path, read when they are scraped: one read of each, nothing kept between. */
final class TrafficMetrics implements MultiCollector {

    private final Supplier<Configuration> configuration;
    private final DataPath dataPath;
    private final Health health;

    TrafficMetrics(Supplier<Configuration> configuration, DataPath dataPath, Health health) {
        this.configuration = configuration;
        this.dataPath = dataPath;
        this.health = health;
    }

    @Override
    public MetricSnapshots collect() {
        var samples = new Samples();
        var traffic = dataPath.traffic();
        for (var entry : configuration.get().services()) {
            addService(samples, entry, traffic.of(entry.key()));
            entry.servers().forEach(server -> addServer(samples, entry.key(), server, traffic));
        }
        return samples.toSnapshots();
    }

    private void addService(Samples samples, ServiceEntry entry, Traffic traffic) {
        var values = Subjects.values(entry.key());
        var labels = Metric.SERVICE_UP.labels(values.get(0), values.get(1));
        samples.add(
                Metric.SERVICE_INFO,
                Metric.SERVICE_INFO.labels(
                        values.get(0), values.get(1), entry.service().scheduler()),
                1);
        samples.add(Metric.SERVICE_UP, labels, health.isUp(entry.key()) ? 1 : 0);
        samples.add(Metric.SERVICE_CONNECTIONS, labels, traffic.connections());
        samples.add(Metric.SERVICE_RECEIVED_BYTES, labels, traffic.inBytes());
        samples.add(Metric.SERVICE_TRANSMITTED_BYTES, labels, traffic.outBytes());
        if (seesPackets(entry.key())) {
            samples.add(Metric.SERVICE_RECEIVED_PACKETS, labels, traffic.inPackets());
            samples.add(Metric.SERVICE_TRANSMITTED_PACKETS, labels, traffic.outPackets());
        }
    }

    private void addServer(Samples samples, ServiceKey service, RealServer server, TrafficSnapshot snapshot) {
        var id = new ServerId(service, server.endpoint());
        var labels = labels(id, server.mode());
        var traffic = snapshot.of(id);
        var load = dataPath.load(id);
        samples.add(Metric.SERVER_WEIGHT, labels, server.weight());
        samples.add(Metric.SERVER_CONNECTIONS, labels, traffic.connections());
        samples.add(Metric.SERVER_CONNECTIONS_ACTIVE, labels, load.active());
        samples.add(Metric.SERVER_CONNECTIONS_INACTIVE, labels, load.inactive());
        samples.add(Metric.SERVER_RECEIVED_BYTES, labels, traffic.inBytes());
        samples.add(Metric.SERVER_TRANSMITTED_BYTES, labels, traffic.outBytes());
        if (seesPackets(service)) {
            samples.add(Metric.SERVER_RECEIVED_PACKETS, labels, traffic.inPackets());
            samples.add(Metric.SERVER_TRANSMITTED_PACKETS, labels, traffic.outPackets());
        }
    }

    private static Labels labels(ServerId id, String mode) {
        var values = Subjects.values(id);
        return Metric.SERVER_WEIGHT.labels(values.get(0), values.get(1), values.get(2), mode);
    }

    private boolean seesPackets(ServiceKey key) {
        return dataPath.kind() != DataPathKind.USER
                || (key instanceof ServiceKey.Address address && address.protocol() == Protocol.UDP);
    }
}
