package io.jlvs.engine.metrics;

import io.jlvs.api.Addresses;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.datapath.TrafficSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of IPVS under the names and labels that node_exporter gives them, so that dashboards and alerts for those go
 * on. The totals never fall: what a service has carried stays in them when it is removed, if it was scraped before.
 */
final class IpvsNames {

    /** As node_exporter's ipvs collector has them. */
    static final String LABELS = "local_address local_port remote_address remote_port proto local_mark";

    private final Subjects subjects;
    private final DataPath dataPath;
    private TrafficSnapshot before = new TrafficSnapshot(Map.of(), Map.of());
    private Traffic ofRemoved = Traffic.NONE;

    IpvsNames(Subjects subjects, DataPath dataPath) {
        this.subjects = subjects;
        this.dataPath = dataPath;
    }

    void collect(TrafficSnapshot traffic, Samples samples) {
        var total = total(traffic);
        samples.add(Metric.IPVS_CONNECTIONS, LabelText.NONE, total.connections());
        samples.add(Metric.IPVS_IN_PACKETS, LabelText.NONE, total.inPackets());
        samples.add(Metric.IPVS_OUT_PACKETS, LabelText.NONE, total.outPackets());
        samples.add(Metric.IPVS_IN_BYTES, LabelText.NONE, total.inBytes());
        samples.add(Metric.IPVS_OUT_BYTES, LabelText.NONE, total.outBytes());
        for (var service : subjects.services()) {
            for (var server : service.servers()) {
                var load = dataPath.load(server.id());
                samples.add(Metric.IPVS_ACTIVE, server.ipvs(), load.active());
                samples.add(Metric.IPVS_INACTIVE, server.ipvs(), load.inactive());
                samples.add(Metric.IPVS_WEIGHT, server.ipvs(), server.server().weight());
            }
        }
    }

    private synchronized Traffic total(TrafficSnapshot now) {
        for (var service : before.services().entrySet()) {
            var counted = now.of(service.getKey());
            if (counted.connections() < service.getValue().connections()
                    || counted.inBytes() < service.getValue().inBytes()) {
                ofRemoved = ofRemoved.plus(service.getValue());
            }
        }
        before = now;
        return now.services().values().stream().reduce(ofRemoved, Traffic::plus);
    }

    /** A mark has no address and no port; its number is in hexadecimal, as the kernel lists it. */
    static LabelText labels(ServerId id) {
        var server = id.server();
        var values = switch (id.service()) {
            case ServiceKey.Address service ->
                List.of(
                        address(service.virtual()),
                        String.valueOf(service.virtual().port()),
                        address(server),
                        String.valueOf(server.port()),
                        service.protocol().name(),
                        "");
            case ServiceKey.FirewallMark service ->
                List.of(
                        "",
                        "0",
                        address(server),
                        String.valueOf(server.port()),
                        "FWM",
                        String.format(Locale.ROOT, "%08X", service.mark()));
        };
        return LabelText.of(List.of(LABELS.split(" ")), values);
    }

    private static String address(Endpoint endpoint) {
        return Addresses.format(endpoint.address());
    }
}
