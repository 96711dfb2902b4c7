package io.jlvs.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Command;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.engine.metrics.MetricsOptions.Label;
import io.jlvs.engine.metrics.MetricsOptions.Latency;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Fewer labels, fewer series; and the names of node_exporter. */
class MetricsOptionsTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final ServiceKey MAIL = ServiceKey.tcp("10.0.0.100", 25);
    private static final Endpoint FIRST = Endpoint.of("10.0.0.1", 8080);
    private static final Endpoint SECOND = Endpoint.of("10.0.0.2", 8080);

    @Test
    void whatLacksTheServerIsAddedUp() {
        try (var fixture = given(new MetricsOptions(Set.of(Label.PROTOCOL, Label.SERVICE), Latency.SERVER, false))) {
            assertThat(fixture.samples("jlvs_server_connections_total")).isEqualTo("""
                    jlvs_server_connections_total{protocol="tcp",service="10.0.0.100:80"} 30
                    jlvs_server_connections_total{protocol="tcp",service="10.0.0.100:25"} 3""");
            assertThat(fixture.samples("jlvs_server_connect_latency_seconds_count"))
                    .isEqualTo("""
                    jlvs_server_connect_latency_seconds_count{protocol="tcp",service="10.0.0.100:80"} 2
                    jlvs_server_connect_latency_seconds_count{protocol="tcp",service="10.0.0.100:25"} 0""");
        }
    }

    @Test
    void whatLacksTheServiceIsAddedUpAndHasNoScheduler() {
        try (var fixture = given(new MetricsOptions(Set.of(Label.PROTOCOL), Latency.NONE, false))) {
            assertThat(fixture.samples("jlvs_service_connections_total"))
                    .isEqualTo("jlvs_service_connections_total{protocol=\"tcp\"} 33");
            assertThat(fixture.samples("jlvs_service_refused_total.*no-server"))
                    .isEqualTo("jlvs_service_refused_total{protocol=\"tcp\",reason=\"no-server\"} 0");
            assertThat(fixture.samples("jlvs_service_info|jlvs_server_connect_latency"))
                    .isEmpty();
        }
    }

    @Test
    void serversMayShareTheHistogramOfTheirService() {
        try (var fixture = given(new MetricsOptions(Set.of(Label.values()), Latency.SERVICE, false))) {
            assertThat(fixture.samples("jlvs_server_connect_latency_seconds_count"))
                    .isEqualTo("""
                    jlvs_server_connect_latency_seconds_count{protocol="tcp",service="10.0.0.100:80"} 2
                    jlvs_server_connect_latency_seconds_count{protocol="tcp",service="10.0.0.100:25"} 0""");
            assertThat(fixture.samples("jlvs_server_connections_total").lines()).hasSize(3);
        }
    }

    @Test
    void figuresOfIpvsAreThereUnderTheNamesOfNodeExporterOnDemand() {
        try (var fixture = given(MetricsOptions.DEFAULTS)) {
            assertThat(fixture.samples("node_ipvs")).isEmpty();
        }
        try (var fixture = given(new MetricsOptions(Set.of(Label.values()), Latency.SERVER, true))) {
            fixture.director.addService(
                    new ServiceKey.FirewallMark(26, AddressFamily.IPV4), RealServer.of(FIRST, "dr", 5));

            assertThat(fixture.samples("node_ipvs_(incoming_bytes|backend_weight)"))
                    .isEqualTo("""
                    node_ipvs_incoming_bytes_total 44
                    node_ipvs_backend_weight{local_address="10.0.0.100",local_port="80",remote_address="10.0.0.1",\
                    remote_port="8080",proto="TCP",local_mark=""} 1
                    node_ipvs_backend_weight{local_address="10.0.0.100",local_port="80",remote_address="10.0.0.2",\
                    remote_port="8080",proto="TCP",local_mark=""} 1
                    node_ipvs_backend_weight{local_address="10.0.0.100",local_port="25",remote_address="10.0.0.1",\
                    remote_port="8080",proto="TCP",local_mark=""} 1
                    node_ipvs_backend_weight{local_address="",local_port="0",remote_address="10.0.0.1",\
                    remote_port="8080",proto="FWM",local_mark="0000001A"} 5""");
        }
    }

    @Test
    void totalsOfIpvsDoNotFallWhenAServiceIsRemoved() {
        try (var fixture = given(new MetricsOptions(Set.of(Label.values()), Latency.SERVER, true))) {
            assertThat(fixture.samples("node_ipvs_connections_total")).endsWith(" 33");

            fixture.director.execute(new Command.DeleteService(WEB));
            fixture.director.dataPath.setTraffic(WEB, Traffic.NONE);
            assertThat(fixture.samples("node_ipvs_connections_total")).endsWith(" 33");

            fixture.director.dataPath.setTraffic(MAIL, new Traffic(5, 0, 0, 5, 5));
            assertThat(fixture.samples("node_ipvs_connections_total")).endsWith(" 35");
        }
    }

    @Test
    void directorsThatAreToldTheSameHaveTheSameChecksum() {
        try (var one = new MetricsFixture();
                var other = new MetricsFixture()) {
            one.director.addService(WEB, RealServer.of(FIRST, "nat", 1), RealServer.of(SECOND, "nat", 1));
            one.director.addService(MAIL);
            other.director.addService(MAIL);
            other.director.addService(WEB, RealServer.of(SECOND, "nat", 1), RealServer.of(FIRST, "nat", 1));
            assertThat(one.samples("jlvs_configuration_checksum"))
                    .isEqualTo(other.samples("jlvs_configuration_checksum"));

            other.director.execute(new Command.EditServer(WEB, RealServer.of(FIRST, "nat", 2)));
            assertThat(one.samples("jlvs_configuration_checksum"))
                    .isNotEqualTo(other.samples("jlvs_configuration_checksum"));
        }
    }

    private static MetricsFixture given(MetricsOptions options) {
        var fixture = new MetricsFixture(DataPathKind.USER, options);
        var director = fixture.director;
        director.addService(WEB, RealServer.of(SECOND, "nat", 1), RealServer.of(FIRST, "nat", 1));
        director.addService(MAIL, RealServer.of(FIRST, "nat", 1));
        director.dataPath.setTraffic(WEB, new Traffic(30, 0, 0, 40, 50));
        director.dataPath.setTraffic(MAIL, new Traffic(3, 0, 0, 4, 5));
        director.dataPath.setTraffic(new ServerId(WEB, FIRST), new Traffic(10, 0, 0, 1, 1));
        director.dataPath.setTraffic(new ServerId(WEB, SECOND), new Traffic(20, 0, 0, 1, 1));
        director.dataPath.setTraffic(new ServerId(MAIL, FIRST), new Traffic(3, 0, 0, 1, 1));
        director.dataPath.recordConnect(new ServerId(WEB, FIRST), 1000);
        director.dataPath.recordConnect(new ServerId(WEB, SECOND), 1000);
        return fixture;
    }
}
