package io.jlvs.engine.config;

import io.jlvs.api.datapath.Sysctl;
import io.jlvs.api.datapath.Sysctls;
import io.jlvs.datapath.ebpf.EbpfOptions;
import io.jlvs.datapath.user.UserDataPathOptions;
import io.jlvs.engine.cluster.ClusterOptions;
import io.jlvs.engine.cluster.FloatingAddress;
import io.jlvs.engine.config.EngineConfig.Control;
import io.jlvs.engine.config.EngineConfig.Http;
import io.jlvs.engine.config.EngineConfig.Log;
import io.jlvs.engine.config.EngineConfig.Plugins;
import io.jlvs.engine.config.EngineConfig.State;
import io.jlvs.engine.metrics.MetricsOptions;
import io.jlvs.engine.metrics.MetricsOptions.Label;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code jlvs.yaml}: the keys, their types, ranges and defaults. */
final class ConfigReader {

    /** Doubled keys are let through here, so that they are told together with all other errors. */
    private static final LoadSettings YAML =
            LoadSettings.builder().setAllowDuplicateKeys(true).build();

    private static final EngineConfig DEFAULTS = EngineConfig.defaults();
    /** Of a table in the kernel. */
    private static final int MAX_ENTRIES = 1 << 26;

    private static final Duration LONGEST = Duration.ofDays(31);

    private ConfigReader() {}

    static EngineConfig read(Path file) {
        var findings = new Findings(file);
        var config = compose(file, findings).map(root -> root.read(ConfigReader::config));
        findings.throwIfAny();
        return config.orElse(DEFAULTS);
    }

    static EngineConfig config(Section in) {
        var access = GatewaysReader.access(in);
        return new EngineConfig(
                in.choice("datapath", DEFAULTS.datapath()),
                plugins(in),
                in.section("state")
                        .read(state ->
                                new State(state.path("folder", DEFAULTS.state().folder()))),
                in.section("control")
                        .read(control -> new Control(
                                control.path("socket", DEFAULTS.control().socket()))),
                in.section("http").read(ConfigReader::http),
                access,
                GatewaysReader.bus(in, access),
                in.section("log")
                        .read(log -> new Log(
                                log.choice("format", DEFAULTS.log().format()),
                                log.choice("level", DEFAULTS.log().level()))),
                in.section("metrics").read(ConfigReader::metrics),
                in.section("user").read(ConfigReader::user),
                ebpf(in),
                in.section("ipvs").read(ConfigReader::ipvs),
                in.section("cluster").read(ConfigReader::cluster),
                ServicesReader.services(in));
    }

    /** What schedulers are told is on a level of its own, like what modes are: their plugins know the keys. */
    private static Plugins plugins(Section root) {
        var schedulers = root.sections("schedulers", Section::texts);
        return root.section("plugins")
                .read(in -> new Plugins(in.path("folder", DEFAULTS.plugins().folder()), schedulers));
    }

    private static Http http(Section in) {
        var defaults = DEFAULTS.http();
        var host = in.text("host", defaults.host());
        return new Http(
                host,
                in.integer("port", defaults.port(), 0, 65535),
                in.choice("console", Http.access(host)),
                GatewaysReader.tls(in),
                Set.copyOf(in.parseAll("origins", origin -> origin)));
    }

    private static MetricsOptions metrics(Section in) {
        var defaults = DEFAULTS.metrics();
        var labels = in.parseAll("labels", Label::parse);
        return new MetricsOptions(
                labels.isEmpty() ? defaults.labels() : Set.copyOf(labels),
                in.choice("latency", defaults.latency()),
                in.flag("ipvsNames", defaults.ipvsNames()));
    }

    private static UserDataPathOptions user(Section in) {
        var defaults = DEFAULTS.user();
        return new UserDataPathOptions(
                in.choice("transport", defaults.transport()),
                in.duration("connectTimeout", defaults.connectTimeout(), Duration.ofMillis(1), Duration.ofMinutes(5)),
                in.integer("connectTries", defaults.connectTries(), 1, 100),
                in.duration("tcpIdleTimeout", defaults.tcpIdleTimeout(), Duration.ZERO, LONGEST),
                in.duration("udpIdleTimeout", defaults.udpIdleTimeout(), Duration.ofMillis(1), LONGEST),
                in.integer("maxConnections", defaults.maxConnections(), 0, Integer.MAX_VALUE),
                in.integer("eventLoops", defaults.eventLoops(), 0, 1024));
    }

    private static Sysctls ipvs(Section in) {
        var values = Sysctls.DEFAULTS;
        for (var sysctl : Sysctl.values()) {
            var before = values;
            values = in.parse(sysctl.key(), text -> before.with(sysctl, text)).orElse(before);
        }
        return values;
    }

    private static Optional<ClusterOptions> cluster(Section in) {
        var name = in.text("name", ClusterOptions.hostName());
        var members = in.parseEach("members", ClusterOptions::place);
        var keys = in.path("keys", Path.of("cluster.p12"));
        var addresses = in.parseAll("addresses", FloatingAddress::parse);
        var sync = in.flag("sync", true);
        return in.make(() -> new ClusterOptions(name, members, keys, addresses, sync));
    }

    /** What the modes are told is on a level of its own: their plugins know the keys. */
    private static EbpfOptions ebpf(Section root) {
        var modes = root.sections("modes", Section::texts);
        return root.section("ebpf").read(in -> ebpf(in, modes));
    }

    private static EbpfOptions ebpf(Section in, Map<String, Map<String, List<String>>> modes) {
        var defaults = DEFAULTS.ebpf();
        return new EbpfOptions(
                in.parseAll("interfaces", name -> name),
                in.path("pins", defaults.pins()),
                in.flag("xdp", defaults.xdp()),
                in.integer("maxConnections", defaults.maxConnections(), 1, MAX_ENTRIES),
                in.integer("maxServices", defaults.maxServices(), 1, MAX_ENTRIES),
                in.integer("maxServers", defaults.maxServers(), 1, MAX_ENTRIES),
                in.flag("events", defaults.events()),
                in.flag("localClients", defaults.localClients()),
                modes);
    }

    /** The root of the document; empty when the file is empty or can't be read, the latter being found. */
    private static Optional<Section> compose(Path file, Findings findings) {
        try {
            return new Compose(YAML).composeString(Files.readString(file)).map(root -> Section.root(root, findings));
        } catch (NoSuchFileException _) {
            findings.add("there is no such file");
        } catch (CharacterCodingException _) {
            findings.add("expected text in UTF-8");
        } catch (IOException e) {
            findings.add("can't be read: " + e.getMessage());
        } catch (MarkedYamlEngineException e) {
            e.getProblemMark()
                    .ifPresentOrElse(
                            mark -> findings.add(mark, "no YAML: " + e.getProblem()),
                            () -> findings.add("no YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            findings.add("no YAML: " + e.getMessage());
        }
        return Optional.empty();
    }
}
