package io.jlvs.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;

/** Holds the sample and the table of keys to what is read. */
class ConfigurationDocsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void sampleHasTheDefaultsAndThePluginsBesideItsFolder() {
        var file = ROOT.resolve("dist/src/conf/jlvs.yaml");

        var sample = EngineConfig.read(file);

        var defaults = EngineConfig.defaults();
        assertThat(sample)
                .isEqualTo(new EngineConfig(
                        defaults.datapath(),
                        new EngineConfig.Plugins(ROOT.resolve("dist/src/plugins"), Map.of()),
                        defaults.state(),
                        defaults.control(),
                        defaults.http(),
                        defaults.access(),
                        defaults.bus(),
                        defaults.log(),
                        defaults.metrics(),
                        defaults.user(),
                        defaults.ebpf(),
                        defaults.ipvs(),
                        defaults.cluster(),
                        defaults.services()));
    }

    @Test
    void tableListsExactlyTheKeysThatAreRead() throws IOException {
        var table = Files.readString(ROOT.resolve("docs/configuration.md"));

        assertThat(keysOf(table)).containsExactlyInAnyOrderElementsOf(keysThatAreRead());
    }

    @Test
    void manPageTellsOfExactlyTheKeysThatAreRead() throws IOException {
        var page = Files.readAllLines(ROOT.resolve("dist/src/man/jlvs.yaml.5"));

        assertThat(page)
                .filteredOn(line -> line.startsWith(".It Ic "))
                .extracting(line -> line.split(" ", -1)[2])
                .containsExactlyInAnyOrderElementsOf(keysThatAreRead());
    }

    private static Set<String> keysOf(String table) {
        var keys = new LinkedHashSet<String>();
        Pattern.compile("^\\| `([^`]+)`", Pattern.MULTILINE)
                .matcher(table)
                .results()
                .forEach(row -> keys.add(row.group(1)));
        return keys;
    }

    /** Sections are no keys to document: their keys are. */
    private static Set<String> keysThatAreRead() {
        var findings = new Findings(Path.of("jlvs.yaml"));
        var node = new Compose(LoadSettings.builder().build())
                .composeString("services: [{service: 'tcp://127.0.0.1:1', servers: [{address: '127.0.0.1:2'}]}]")
                .orElseThrow();
        Section.root(node, findings).read(ConfigReader::config);
        var keys = new LinkedHashSet<>(findings.keys());
        keys.removeIf(key -> findings.keys().stream().anyMatch(other -> other.startsWith(key + ".")));
        return keys;
    }
}
