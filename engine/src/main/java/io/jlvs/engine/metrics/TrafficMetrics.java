package io.jlvs.engine.metrics;

import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.datapath.TrafficSnapshot;
import io.jlvs.engine.metrics.MetricsOptions.Label;
import io.jlvs.engine.stats.Health;
import java.util.List;

/** The counters and loads of the data path, read when they are scraped: one read of each, nothing kept between. */
final class TrafficMetrics {

    private final Subjects subjects;
    private final DataPath dataPath;
    private final Health health;

    TrafficMetrics(Subjects subjects, DataPath dataPath, Health health) {
        this.subjects = subjects;
        this.dataPath = dataPath;
        this.health = health;
    }

    void collect(TrafficSnapshot traffic, Samples samples) {
        var labelling = subjects.labelling();
        var sums = new Sums();
        var sink = labelling.isComplete() ? samples : sums;
        var latencies = labelling.sharesLatency() ? sums : samples;
        for (var service : subjects.services()) {
            if (labelling.has(Label.SERVICE)) {
                var scheduler = service.entry().service().scheduler();
                var info = LabelText.of(List.of("scheduler"), List.of(scheduler));
                samples.add(Metric.SERVICE_INFO, service.labels().and(info), 1);
            }
            add(sink, service, traffic.of(service.key()));
            for (var server : service.servers()) {
                add(sink, server, traffic.of(server.id()));
                addLatency(latencies, server, traffic.of(server.id()));
            }
        }
        sums.addTo(samples);
    }

    private void add(SampleSink sink, Subjects.Service service, Traffic traffic) {
        var labels = service.labels();
        sink.add(Metric.SERVICE_UP, labels, health.isUp(service.key()) ? 1 : 0);
        sink.add(Metric.SERVICE_CONNECTIONS, labels, traffic.connections());
        sink.add(Metric.SERVICE_RECEIVED_BYTES, labels, traffic.inBytes());
        sink.add(Metric.SERVICE_TRANSMITTED_BYTES, labels, traffic.outBytes());
        if (seesPackets(service.key())) {
            sink.add(Metric.SERVICE_RECEIVED_PACKETS, labels, traffic.inPackets());
            sink.add(Metric.SERVICE_TRANSMITTED_PACKETS, labels, traffic.outPackets());
        }
    }

    private void add(SampleSink sink, Subjects.Server server, Traffic traffic) {
        var labels = server.labels();
        var load = dataPath.load(server.id());
        sink.add(Metric.SERVER_WEIGHT, labels, server.server().weight());
        sink.add(Metric.SERVER_CONNECTIONS, labels, traffic.connections());
        sink.add(Metric.SERVER_CONNECTIONS_ACTIVE, labels, load.active());
        sink.add(Metric.SERVER_CONNECTIONS_INACTIVE, labels, load.inactive());
        sink.add(Metric.SERVER_RECEIVED_BYTES, labels, traffic.inBytes());
        sink.add(Metric.SERVER_TRANSMITTED_BYTES, labels, traffic.outBytes());
        if (seesPackets(server.id().service())) {
            sink.add(Metric.SERVER_RECEIVED_PACKETS, labels, traffic.inPackets());
            sink.add(Metric.SERVER_TRANSMITTED_PACKETS, labels, traffic.outPackets());
        }
    }

    /** Those that should have accepted are there too, so that one that never does is seen. */
    private void addLatency(SampleSink sink, Subjects.Server server, Traffic traffic) {
        if (server.latency() == null) {
            return;
        }
        var histogram = dataPath.connectLatency(server.id());
        if (histogram.count() > 0 || isToAccept(server, traffic)) {
            sink.add(Metric.SERVER_CONNECT_LATENCY, server.latency(), histogram);
        }
    }

    /** In the kernel, answers of nat alone come this way. */
    private boolean isToAccept(Subjects.Server server, Traffic traffic) {
        return server.id().service() instanceof ServiceKey.Address service
                && service.protocol() == Protocol.TCP
                && (dataPath.kind() == DataPathKind.USER
                        || (traffic.connections() > 0 && server.server().mode().equals("nat")));
    }

    private boolean seesPackets(ServiceKey key) {
        return dataPath.kind() != DataPathKind.USER
                || (key instanceof ServiceKey.Address address && address.protocol() == Protocol.UDP);
    }
}
