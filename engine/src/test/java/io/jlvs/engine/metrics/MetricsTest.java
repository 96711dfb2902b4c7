package io.jlvs.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Command;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.datapath.DataPathFigures;
import io.jlvs.api.datapath.DataPathFigures.Fill;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.LatencyHistogram;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.event.ConnectionScheduled.How;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.PluginEvent;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.engine.plugin.PluginStatus;
import io.jlvs.engine.stats.RemotePicks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final ServiceKey DNS = ServiceKey.udp("2001:db8::1", 53);
    private static final Endpoint FIRST = Endpoint.of("10.0.0.1", 8080);
    private static final Endpoint SECOND = Endpoint.of("10.0.0.2", 8080);

    private final MetricsFixture fixture = new MetricsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void showsWhatBecameOfPicksOfServicesThatAskASibling() {
        givenWebService();
        fixture.director.addService(DNS);
        fixture.director.remotePicks.begin(WEB);
        fixture.director.remotePicks.count(WEB, RemotePicks.Outcome.LATE);

        assertThat(fixture.samples("jlvs_remote_").lines())
                .containsExactlyInAnyOrderElementsOf("""
                        jlvs_remote_picks_total{protocol="tcp",service="10.0.0.100:80",outcome="answered"} 0
                        jlvs_remote_picks_total{protocol="tcp",service="10.0.0.100:80",outcome="late"} 1
                        jlvs_remote_picks_total{protocol="tcp",service="10.0.0.100:80",outcome="absent"} 0
                        jlvs_remote_picks_total{protocol="tcp",service="10.0.0.100:80",outcome="wrong"} 0
                        jlvs_remote_picks_total{protocol="tcp",service="10.0.0.100:80",outcome="skipped"} 0""".lines().toList());
        fixture.director.execute(new Command.DeleteService(WEB));
        fixture.samples("jlvs_remote_");
        assertThat(fixture.director.remotePicks.has(WEB)).isFalse();
    }

    @Test
    void showsWhatTheDataPathHasCounted() {
        givenWebService();
        fixture.director.dataPath.setTraffic(WEB, new Traffic(12, 0, 0, 3000, 40000));
        fixture.director.dataPath.setTraffic(new ServerId(WEB, FIRST), new Traffic(7, 0, 0, 1000, 15000));
        fixture.director.dataPath.setLoad(new ServerId(WEB, FIRST), 3, 2);

        assertThat((fixture.samples("jlvs_server_(?!connect_latency)") + "\n" + fixture.samples("jlvs_service_"))
                        .lines())
                .containsExactlyInAnyOrderElementsOf("""
                        jlvs_server_connections_total{protocol="tcp",service="10.0.0.100:80",server="10.0.0.1:8080",mode="nat"} 7
                        jlvs_server_connections_total{protocol="tcp",service="10.0.0.100:80",server="10.0.0.2:8080",mode="nat"} 0
                        jlvs_server_connections_active{protocol="tcp",service="10.0.0.100:80",server="10.0.0.1:8080",mode="nat"} 3
                        jlvs_server_connections_active{protocol="tcp",service="10.0.0.100:80",server="10.0.0.2:8080",mode="nat"} 0
                        jlvs_server_connections_inactive{protocol="tcp",service="10.0.0.100:80",server="10.0.0.1:8080",mode="nat"} 2
                        jlvs_server_connections_inactive{protocol="tcp",service="10.0.0.100:80",server="10.0.0.2:8080",mode="nat"} 0
                        jlvs_server_received_bytes_total{protocol="tcp",service="10.0.0.100:80",server="10.0.0.1:8080",mode="nat"} 1000
                        jlvs_server_received_bytes_total{protocol="tcp",service="10.0.0.100:80",server="10.0.0.2:8080",mode="nat"} 0
                        jlvs_server_transmitted_bytes_total{protocol="tcp",service="10.0.0.100:80",server="10.0.0.1:8080",mode="nat"} 15000
                        jlvs_server_transmitted_bytes_total{protocol="tcp",service="10.0.0.100:80",server="10.0.0.2:8080",mode="nat"} 0
                        jlvs_server_weight{protocol="tcp",service="10.0.0.100:80",server="10.0.0.1:8080",mode="nat"} 3
                        jlvs_server_weight{protocol="tcp",service="10.0.0.100:80",server="10.0.0.2:8080",mode="nat"} 1
                        jlvs_service_info{protocol="tcp",service="10.0.0.100:80",scheduler="rr"} 1
                        jlvs_service_connections_total{protocol="tcp",service="10.0.0.100:80"} 12
                        jlvs_service_received_bytes_total{protocol="tcp",service="10.0.0.100:80"} 3000
                        jlvs_service_refused_total{protocol="tcp",service="10.0.0.100:80",reason="no-scheduler"} 0
                        jlvs_service_refused_total{protocol="tcp",service="10.0.0.100:80",reason="no-server"} 0
                        jlvs_service_refused_total{protocol="tcp",service="10.0.0.100:80",reason="no-service"} 0
                        jlvs_service_refused_total{protocol="tcp",service="10.0.0.100:80",reason="overload"} 0
                        jlvs_service_refused_total{protocol="tcp",service="10.0.0.100:80",reason="scheduler-refused"} 0
                        jlvs_service_refused_total{protocol="tcp",service="10.0.0.100:80",reason="unreachable"} 0
                        jlvs_service_transmitted_bytes_total{protocol="tcp",service="10.0.0.100:80"} 40000
                        jlvs_service_up{protocol="tcp",service="10.0.0.100:80"} 1""".lines().toList());
    }

    @Test
    void countsPacketsWhereTheDataPathSeesThem() {
        fixture.director.addService(DNS, RealServer.of(Endpoint.of("2001:db8::2", 53), "nat", 1));
        givenWebService();
        fixture.director.dataPath.setTraffic(DNS, new Traffic(1, 2, 3, 4, 5));

        assertThat(fixture.samples("jlvs_service_received_packets_total"))
                .isEqualTo("jlvs_service_received_packets_total{protocol=\"udp\",service=\"[2001:db8::1]:53\"} 2");
    }

    @Test
    void countsPacketsOfEverythingInTheKernel() {
        try (var kernel = new MetricsFixture(DataPathKind.EBPF, MetricsOptions.DEFAULTS)) {
            kernel.director.addService(WEB, RealServer.of(FIRST, "dr", 1));

            assertThat(kernel.samples("jlvs_server_received_packets_total")).contains("mode=\"dr\"");
        }
    }

    @Test
    void countsWhatTheDataPathDrops() {
        assertThat(fixture.samples("jlvs_datapath_dropped")).isEmpty();

        fixture.director.dataPath.setDrops("no-route", 3);
        fixture.director.dataPath.setDrops("too-big", 0);

        assertThat(fixture.samples("jlvs_datapath_dropped").lines())
                .containsExactlyInAnyOrderElementsOf("""
                        jlvs_datapath_dropped_packets_total{reason="no-route"} 3
                        jlvs_datapath_dropped_packets_total{reason="too-big"} 0""".lines().toList());
    }

    @Test
    void showsHowTheKernelPathDoes() {
        assertThat(fixture.samples("jlvs_datapath_(table|events|asked|sweep)")).isEmpty();

        fixture.director.dataPath.setFigures(new DataPathFigures(
                Map.of("connections", new Fill(7, 1000)), Map.of("events", 3L), 5, LatencyHistogram.EMPTY));

        assertThat(fixture.samples("jlvs_datapath_(table|events|asked|sweep_duration_seconds_count)")
                        .lines())
                .containsExactlyInAnyOrderElementsOf("""
                        jlvs_datapath_events_lost_total{ring="events"} 3
                        jlvs_datapath_asked_packets_total 5
                        jlvs_datapath_table_entries{table="connections"} 7
                        jlvs_datapath_table_capacity{table="connections"} 1000
                        jlvs_datapath_sweep_duration_seconds_count 0""".lines().toList());
    }

    @Test
    void showsHowLongChangesTake() {
        fixture.director.applied.record(30_000_000);

        assertThat(fixture.samples("jlvs_datapath_apply_duration_seconds"))
                .contains("_bucket{le=\"0.025\"} 0", "_bucket{le=\"0.05\"} 1", "_sum 0.03");
    }

    @Test
    void namesServicesOfFirewallMarks() {
        fixture.director.addService(new ServiceKey.FirewallMark(7, AddressFamily.IPV6));

        assertThat(fixture.samples("jlvs_service_info"))
                .isEqualTo("jlvs_service_info{protocol=\"fwm\",service=\"7 IPv6\",scheduler=\"rr\"} 1");
    }

    @Test
    void countsWhatTheEventsOfConnectionsTell() {
        givenWebService();

        fixture.publish(BusAddress.EVENT_CONNECTION, Events.scheduled(WEB, FIRST, How.SCHEDULER, 300));
        fixture.publish(BusAddress.EVENT_CONNECTION, Events.scheduled(WEB, FIRST, How.PERSISTENCE, 0));
        fixture.publish(BusAddress.EVENT_CONNECTION, Events.refused(WEB, RefusalReason.UNREACHABLE));

        assertThat(fixture.samples("jlvs_scheduler_picks")).isEqualTo("""
                        jlvs_scheduler_picks_total{how="persistence",scheduler="rr"} 1.0
                        jlvs_scheduler_picks_total{how="scheduler",scheduler="rr"} 1.0""");
        assertThat(fixture.samples("jlvs_scheduler_pick_duration_seconds"))
                .contains("le=\"2.5E-7\"} 0", "le=\"5.0E-7\"} 1", "_count{scheduler=\"rr\"} 1");
        assertThat(fixture.samples("jlvs_service_refused_total"))
                .contains("service=\"10.0.0.100:80\",reason=\"unreachable\"} 1")
                .contains("service=\"10.0.0.100:80\",reason=\"no-server\"} 0");
    }

    @Test
    void showsServersThatHaveNeverAccepted() {
        fixture.director.addService(DNS, RealServer.of(Endpoint.of("2001:db8::2", 53), "nat", 1));
        givenWebService();

        assertThat(fixture.samples("jlvs_server_connect_latency_seconds_count").lines())
                .hasSize(2)
                .allMatch(line -> line.contains("protocol=\"tcp\"") && line.endsWith(" 0"));
    }

    @Test
    void showsHowLongServersTookToAccept() {
        givenWebService();
        fixture.director.dataPath.recordConnect(new ServerId(WEB, FIRST), 2_000_000);
        fixture.director.dataPath.recordConnect(new ServerId(WEB, FIRST), 9_000_000_000L);

        assertThat(fixture.samples("jlvs_server_connect_latency_seconds.*10.0.0.1:8080"))
                .contains("le=\"0.001\"} 0", "le=\"0.0025\"} 1", "le=\"5.0\"} 1", "le=\"+Inf\"} 2")
                .contains("_count{protocol=\"tcp\",service=\"10.0.0.100:80\",server=\"10.0.0.1:8080\"} 2")
                .contains("_sum{protocol=\"tcp\",service=\"10.0.0.100:80\",server=\"10.0.0.1:8080\"} 9.002");
    }

    @Test
    void dropsAServerThatWasRemoved() {
        givenWebService();
        fixture.director.dataPath.recordConnect(new ServerId(WEB, FIRST), 1);
        fixture.director.dataPath.setLoad(new ServerId(WEB, FIRST), 1, 0);
        assertThat(fixture.scrape()).contains("10.0.0.1:8080");

        fixture.director.execute(new Command.DeleteServer(WEB, FIRST));

        assertThat(fixture.scrape()).doesNotContain("10.0.0.1:8080").contains("10.0.0.2:8080");
    }

    @Test
    void dropsAServiceThatWasRemoved() {
        givenWebService();
        fixture.publish(BusAddress.EVENT_CONNECTION, Events.refused(WEB, RefusalReason.NO_SERVER));

        fixture.director.execute(new Command.DeleteService(WEB));
        fixture.publish(BusAddress.EVENT_CONNECTION, Events.refused(WEB, RefusalReason.NO_SERVER));

        assertThat(fixture.scrape()).doesNotContain("10.0.0.100:80");
    }

    @Test
    void showsServicesThatTheDataPathCanNotTake() {
        givenWebService();

        fixture.publish(BusAddress.EVENT_DIRECTOR, new DirectorEvent.ServiceDown(0, WEB.toString(), "address in use"));
        assertThat(fixture.samples("jlvs_service_up")).endsWith(" 0");

        fixture.publish(BusAddress.EVENT_DIRECTOR, new DirectorEvent.ServiceUp(0, WEB.toString()));
        assertThat(fixture.samples("jlvs_service_up")).endsWith(" 1");
    }

    @Test
    void showsShortageUntilItIsOver() {
        fixture.publish(BusAddress.EVENT_DIRECTOR, new DirectorEvent.Overloaded(0, "file descriptors", "none left"));
        assertThat(fixture.samples("jlvs_overloaded")).isEqualTo("jlvs_overloaded 1");

        fixture.publish(BusAddress.EVENT_DIRECTOR, new DirectorEvent.Recovered(0, "file descriptors"));
        assertThat(fixture.samples("jlvs_overloaded")).isEqualTo("jlvs_overloaded 0");
    }

    @Test
    void showsPluginsAndWhatWentWrongWithThem() {
        fixture.director.plugins.add(
                new PluginStatus("hash.jar", "hash", "1.0.0", PluginStatus.State.LOADED, List.of("mh", "ch"), ""));
        fixture.director.plugins.add(
                new PluginStatus("hash.jar", "hash", "1.0.0", PluginStatus.State.REJECTED, List.of(), "a duplicate"));

        fixture.director.failures.put("mh", 4L);
        fixture.publish(BusAddress.EVENT_PLUGIN, new PluginEvent.Rejected(0, "hash.jar", "a duplicate"));

        assertThat(fixture.samples("jlvs_plugin_").lines())
                .containsExactlyInAnyOrderElementsOf("""
                        jlvs_plugin_failures_total{extension="ch"} 0
                        jlvs_plugin_failures_total{extension="mh"} 4
                        jlvs_plugin_rejected_total 1.0
                        jlvs_plugin_state{plugin="hash",jar="hash.jar",version="1.0.0",state="kept"} 0
                        jlvs_plugin_state{plugin="hash",jar="hash.jar",version="1.0.0",state="loaded"} 1
                        jlvs_plugin_state{plugin="hash",jar="hash.jar",version="1.0.0",state="rejected"} 1""".lines().toList());
    }

    @Test
    void showsTheDirectorItself() {
        givenWebService();

        assertThat(fixture.samples("jlvs_configuration_version")).isEqualTo("jlvs_configuration_version 3");
        assertThat(fixture.samples("jlvs_servers")).isEqualTo("jlvs_servers 2");
        assertThat(fixture.samples("jlvs_services")).isEqualTo("jlvs_services 1");
        assertThat(fixture.samples("jlvs_datapath_info")).isEqualTo("jlvs_datapath_info{kind=\"user\"} 1");
        assertThat(fixture.samples("jlvs_build_info")).contains("version=\"1.2.3\"");
        assertThat(fixture.samples("jlvs_events_total").lines()).hasSameSizeAs(EventType.values());
    }

    @Test
    void showsTheMachineBeneath() {
        assertThat(fixture.scrape())
                .contains("jvm_memory_used_bytes{", "jvm_threads_live_threads ", "process_cpu_usage ", "system_cpus ");
    }

    @Test
    void foldsUnknownBusAddressesIntoOne() {
        fixture.vertx.eventBus().publish("jlvs.status", "");
        fixture.vertx.eventBus().publish("somewhere.else.1", "");
        fixture.vertx.eventBus().publish("somewhere.else.2", "");

        assertThat(fixture.samples("vertx_eventbus_published"))
                .contains("address=\"jlvs.status\"", "address=\"other\"")
                .doesNotContain("somewhere");
    }

    private void givenWebService() {
        fixture.director.addService(WEB, RealServer.of(SECOND, "nat", 1), RealServer.of(FIRST, "nat", 3));
    }
}
