package io.jlvs.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Persistence;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Thresholds;
import io.jlvs.api.datapath.Sysctl;
import io.jlvs.api.datapath.Sysctls;
import io.jlvs.datapath.ebpf.EbpfOptions;
import io.jlvs.datapath.user.UserDataPathOptions;
import io.jlvs.datapath.user.UserDataPathOptions.TransportChoice;
import io.jlvs.engine.bus.Role;
import io.jlvs.engine.config.EngineConfig.DataPathChoice;
import io.jlvs.engine.gateway.TcpOptions;
import io.jlvs.engine.gateway.Tls;
import io.jlvs.engine.http.ConsoleAccess;
import io.jlvs.engine.metrics.MetricsOptions;
import io.jlvs.engine.metrics.MetricsOptions.Label;
import io.jlvs.engine.metrics.MetricsOptions.Latency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineConfigTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "plugins:\nuser:\nservices:\n", "user: {}\nservices: []\n"})
    void meansTheDefaultsWhenNothingIsSaid(String text) {
        assertThat(read(text)).isEqualTo(EngineConfig.defaults());
    }

    @Test
    void readsEveryKey() {
        var config = read("""
                datapath: user
                plugins: {folder: jars}
                state: {folder: /var/tmp/jlvs}
                control: {socket: run/jlvs.sock}
                http:
                  host: "::1"
                  port: 0
                  console: read
                  tls: {certificate: http.pem, key: http.key}
                  origins: [https://ops.example, "null"]
                access: {tokens: tokens}
                bus:
                  tcp:
                    host: 198.18.0.1
                    port: 7000
                    tls: {certificate: /etc/jlvs.pem, key: /etc/jlvs.key}
                user:
                  transport: io_uring
                  connectTimeout: 500ms
                  connectTries: 2
                  tcpIdleTimeout: 2h
                  udpIdleTimeout: 10s
                  maxConnections: 1000
                  eventLoops: 3
                ebpf:
                  interfaces: [eth0, eth1]
                  pins: /sys/fs/bpf/other
                  xdp: true
                  maxConnections: 1000
                  maxServices: 20
                  maxServers: 30
                  events: false
                  localClients: false
                log: {format: json, level: warn}
                metrics:
                  labels: [service, server]
                  latency: none
                  ipvsNames: true
                ipvs:
                  conn_reuse_mode: 2
                  sync_threshold: 3 0
                schedulers:
                  remote: {deadline: 50ms}
                modes:
                  fullnat: {pool: [10.0.0.1, 10.0.0.2], ports: 1024}
                  other:
                """);

        assertThat(config)
                .isEqualTo(new EngineConfig(
                        DataPathChoice.USER,
                        new EngineConfig.Plugins(
                                folder.resolve("jars"), Map.of("remote", Map.of("deadline", List.of("50ms")))),
                        new EngineConfig.State(Path.of("/var/tmp/jlvs")),
                        new EngineConfig.Control(folder.resolve("run/jlvs.sock")),
                        new EngineConfig.Http(
                                "::1",
                                0,
                                ConsoleAccess.READ,
                                Optional.of(new Tls(folder.resolve("http.pem"), folder.resolve("http.key"))),
                                Set.of("https://ops.example", "null")),
                        new EngineConfig.Access(Optional.of(folder.resolve("tokens"))),
                        new EngineConfig.Bus(Optional.of(new TcpOptions(
                                "198.18.0.1",
                                7000,
                                Optional.of(new Tls(Path.of("/etc/jlvs.pem"), Path.of("/etc/jlvs.key"))),
                                Optional.empty()))),
                        new EngineConfig.Log(EngineConfig.Log.Format.JSON, EngineConfig.Log.Level.WARN),
                        new MetricsOptions(Set.of(Label.SERVICE, Label.SERVER), Latency.NONE, true),
                        new UserDataPathOptions(
                                TransportChoice.IO_URING,
                                Duration.ofMillis(500),
                                2,
                                Duration.ofHours(2),
                                Duration.ofSeconds(10),
                                1000,
                                3),
                        new EbpfOptions(
                                List.of("eth0", "eth1"),
                                Path.of("/sys/fs/bpf/other"),
                                true,
                                1000,
                                20,
                                30,
                                false,
                                false,
                                Map.of(
                                        "fullnat",
                                        Map.of("pool", List.of("10.0.0.1", "10.0.0.2"), "ports", List.of("1024")),
                                        "other",
                                        Map.of())),
                        Sysctls.DEFAULTS.with(Sysctl.CONN_REUSE_MODE, "2").with(Sysctl.SYNC_THRESHOLD, "3 0"),
                        Optional.empty(),
                        List.of()));
    }

    @Test
    void siblingsOfTheSameMachineAreToldWithoutAToken() {
        var tcp = read("bus: {tcp: {port: 7000}}").bus().tcp().orElseThrow();

        assertThat(tcp).isEqualTo(new TcpOptions("127.0.0.1", 7000, Optional.empty(), Optional.of(Role.OBSERVER)));
    }

    @Test
    void whatIsInsecureIsDoneWhenItIsCalledThat() {
        var tcp = read("bus: {tcp: {host: 10.0.0.1, port: 7000, anonymous: operator, insecure: true}}")
                .bus()
                .tcp()
                .orElseThrow();

        assertThat(tcp).isEqualTo(new TcpOptions("10.0.0.1", 7000, Optional.empty(), Optional.of(Role.OPERATOR)));
    }

    @Test
    void readsServicesAsIpvsadmWouldAddThem() {
        var services = read("""
                services:
                  - service: tcp://127.0.0.1:8080
                    scheduler: mh
                    flags: [flag-1, flag-3]
                    persistent: 50s
                    netmask: 255.255.255.0
                    proxyProtocol: v2
                    servers:
                      - address: 127.0.0.1:8081
                      - {address: "127.0.0.1:8082", mode: dr, weight: 3, upperThreshold: 9, lowerThreshold: 4}
                  - service: udp://[2001:db8::1]:53
                    onePacket: true
                    persistent: 1m
                    netmask: 64
                """).services();

        var first = services.getFirst().service();
        assertThat(first.key()).isEqualTo(ServiceKey.tcp("127.0.0.1", 8080));
        assertThat(first.scheduler()).isEqualTo("mh");
        assertThat(first.flags()).containsExactlyInAnyOrder(SchedulerFlag.FLAG_1, SchedulerFlag.FLAG_3);
        assertThat(first.proxyProtocol()).isEqualTo(ProxyProtocol.V2);
        assertThat(first.persistence())
                .extracting(Persistence::timeoutSeconds, Persistence::prefix)
                .containsExactly(50, 24);
        var last = RealServer.of(Endpoint.of("127.0.0.1", 8082), "dr", 3);
        assertThat(services.getFirst().servers())
                .containsExactly(
                        new RealServer(last.endpoint(), "dr", 3, new Thresholds(9, 4), last.tunnel()),
                        RealServer.of(Endpoint.of("127.0.0.1", 8081), "nat", 1));
        var second = services.getLast().service();
        assertThat(second.key()).isEqualTo(ServiceKey.udp("2001:db8::1", 53));
        assertThat(second.scheduler()).isEqualTo("wlc");
        assertThat(second.onePacket()).isTrue();
        assertThat(second.persistence())
                .extracting(Persistence::timeoutSeconds, Persistence::prefix)
                .containsExactly(60, 64);
    }

    @Test
    void namesAllErrorsAtOnceInTheOrderOfTheFile() {
        var errors = errors("""
                datapath: fast
                htpp: {port: 1}
                user:
                  conecttimeout: 3s
                  connectTries: 0
                  eventLoops: many
                  connectTries: 3
                services:
                  - scheduler: rr
                  - service: tcp://127.0.0.1:80
                    servers: [{address: 127.0.0.1, weight: -1}]
                """);

        assertThat(errors)
                .containsExactly(
                        "jlvs.yaml:1: datapath: expected auto, user or ebpf, found 'fast'",
                        "jlvs.yaml:2: htpp: unknown key; did you mean 'http'?",
                        "jlvs.yaml:4: user.conecttimeout: unknown key; did you mean 'connectTimeout'?",
                        "jlvs.yaml:5: user.connectTries: expected a whole number 1..100, found '0'",
                        "jlvs.yaml:6: user.eventLoops: expected a whole number 0..1024, found 'many'",
                        "jlvs.yaml:7: user.connectTries: is there twice, first in line 5",
                        "jlvs.yaml:9: services[]: needs the key 'service'",
                        "jlvs.yaml:11: services[].servers[].address: '127.0.0.1' is no address: expected 10.0.0.1:80 or"
                                + " [2001:db8::1]:80",
                        "jlvs.yaml:11: services[].servers[].weight: expected a whole number 0..2147483647, found '-1'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http: {port: 65536}                | jlvs.yaml:1: http.port: expected a whole number 0..65535, found '65536'
            http: {port: '9095x'}              | jlvs.yaml:1: http.port: expected a whole number 0..65535, found '9095x'
            http: {port: 99999999999999999999} | jlvs.yaml:1: http.port: expected a whole number 0..65535, found '99999999999999999999'
            http: 9095                         | jlvs.yaml:1: http: expected keys with values, found '9095'
            http: {console: all}               | jlvs.yaml:1: http.console: expected change, read or off, found 'all'
            http: {host: }                     | jlvs.yaml:1: http.host: expected a text, found nothing
            http: {tls: {key: a}}              | jlvs.yaml:1: http.tls: needs the keys 'certificate' and 'key'
            bus: {tcp: {host: 127.0.0.1}}      | jlvs.yaml:1: bus.tcp: needs the key 'port'
            bus: {tcp: {port: 1, anonymous: all}} | jlvs.yaml:1: bus.tcp.anonymous: expected none, observer or operator, found 'all'
            {access: {tokens: t}, bus: {tcp: {host: 10.0.0.1, port: 1}}} | jlvs.yaml:1: bus.tcp: others can reach 10.0.0.1: needs 'tls' and 'anonymous: none', or 'insecure: true'
            bus: {tcp: {host: 10.0.0.1, port: 1, tls: {certificate: a, key: b}, anonymous: observer}} | jlvs.yaml:1: bus.tcp: others can reach 10.0.0.1: needs 'tls' and 'anonymous: none', or 'insecure: true'
            bus: {tcp: {host: 127.0.0.1, port: 1, anonymous: none}} | jlvs.yaml:1: bus: tcp lets in nobody: needs 'access: {tokens: FILE}', or 'anonymous'
            plugins: {folder: [a]}             | jlvs.yaml:1: plugins.folder: expected a path, found a list
            user: {connectTimeout: 3}          | jlvs.yaml:1: user.connectTimeout: expected a time such as 500ms, 3s, 15m or 2h, from 1ms to 5m, found '3'
            user: {udpIdleTimeout: 800h}       | jlvs.yaml:1: user.udpIdleTimeout: expected a time such as 500ms, 3s, 15m or 2h, from 1ms to 744h, found '800h'
            ebpf: {interfaces: eth0}           | jlvs.yaml:1: ebpf.interfaces: expected a list, found 'eth0'
            ebpf: {maxConnections: 0}          | jlvs.yaml:1: ebpf.maxConnections: expected a whole number 1..67108864, found '0'
            ebpf: {xdp: 1}                     | jlvs.yaml:1: ebpf.xdp: expected true or false, found '1'
            modes: [x]                         | jlvs.yaml:1: modes: expected keys with values, found a list
            modes: {x: y}                      | jlvs.yaml:1: modes.x: expected keys with values, found 'y'
            modes: {x: {y: {z: 1}}}            | jlvs.yaml:1: modes.x.y: expected a text, found keys with values
            modes: {x: {y: [[1]]}}             | jlvs.yaml:1: modes.x.y: expected a text, found a list
            metrics: {labels: [port]}          | jlvs.yaml:1: metrics.labels: expected protocol, service, server or mode, found 'port'
            services: yes                      | jlvs.yaml:1: services: expected a list, found 'yes'
            services: [x]                      | jlvs.yaml:1: services[]: expected keys with values, found 'x'
            services: [~]                      | jlvs.yaml:1: services[]: expected keys with values, found '~'
            services: [{service: 'http://a'}]  | jlvs.yaml:1: services[].service: expected tcp://ADDRESS:PORT, udp://ADDRESS:PORT or sctp://ADDRESS:PORT, found 'http://a'
            services: [{service: 'tcp://1.2.3.4:0'}] | jlvs.yaml:1: services[]: port 0 (every port) needs persistence
            services: [{service: 'tcp://1.2.3.4:1', onePacket: 1}] | jlvs.yaml:1: services[].onePacket: expected true or false, found '1'
            services: [{service: 'tcp://1.2.3.4:1', netmask: 255.0.0.0}] | jlvs.yaml:1: services[]: the key 'netmask' needs the key 'persistent'
            services: [{service: 'tcp://[::1]:1', persistent: 1s, netmask: 255.0.0.0}] | jlvs.yaml:1: services[].netmask: expected a prefix length 0..128, found '255.0.0.0'
            services: [{service: 'tcp://1.2.3.4:1', flags: [mh]}] | jlvs.yaml:1: services[].flags: expected flag-1, flag-2 or flag-3, found 'mh'
            services: [{service: 'tcp://1.2.3.4:1'}, {service: 'tcp://1.2.3.4:1'}] | jlvs.yaml:1: services[]: the virtual service TCP 1.2.3.4:1 is there twice
            [a, b]                             | jlvs.yaml:1: expected keys with values, found a list
            other: 1                           | jlvs.yaml:1: other: unknown key; expected one of access, bus, cluster, control, datapath, ebpf, http, ipvs, log, metrics, modes, plugins, schedulers, services, state, user
            """)
    void saysWhatWasExpectedAndWhatWasFound(String text, String error) {
        assertThat(errors(text)).containsExactly(error);
    }

    @Test
    void carriesTheColumnOfAnError() {
        var error = catchThrowableOfType(ConfigException.class, () -> read("http: {port: x}\n"));

        assertThat(error.errors())
                .extracting(ConfigError::line, ConfigError::column)
                .containsExactly(tuple(1, 14));
    }

    @Test
    void namesTheLineOfBrokenYaml() {
        assertThat(errors("datapath: user\nhttp: [1\n"))
                .singleElement()
                .asString()
                .startsWith("jlvs.yaml:3: no YAML: ");
    }

    @Test
    void refusesAFileThatIsNotThereOrNoText() throws IOException {
        Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xc3, (byte) 0x28});
        Files.writeString(folder.resolve("control.yaml"), "a: \u0001", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> EngineConfig.read(folder.resolve("none.yaml")))
                .hasMessageEndingWith("there is no such file");
        assertThatThrownBy(() -> EngineConfig.read(folder.resolve("binary.yaml")))
                .hasMessageEndingWith("expected text in UTF-8");
        assertThatThrownBy(() -> EngineConfig.read(folder.resolve("control.yaml")))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> EngineConfig.read(folder)).isInstanceOf(ConfigException.class);
    }

    private List<String> errors(String text) {
        var wrong = catchThrowableOfType(ConfigException.class, () -> read(text));
        return wrong.errors().stream()
                .map(error -> error.toString().replace(folder + "/", ""))
                .toList();
    }

    private EngineConfig read(String text) {
        try {
            return EngineConfig.read(Files.writeString(folder.resolve("jlvs.yaml"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
