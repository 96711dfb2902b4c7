package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Finished;
import io.jlvs.e2e.lab.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows is true: its examples are taken from it as they stand, only the ports are changed. */
class ReadmeTest {

    private final String service = "127.0.0.1:" + Sandbox.freePort();

    @TempDir
    private Path temp;

    @Test
    void runsTheSession() throws IOException {
        try (var servers = NginxServers.start(3);
                var engine = RunningEngine.start()) {
            var output = shell(engine, withOurPorts(example("session"), servers));

            assertThat(output).containsPattern("(?m)^s[123]$");
            assertThat(output)
                    .containsPattern("-a -t " + service + " -r " + servers.address("s1") + " -m -w 0")
                    .containsPattern("-a -t " + service + " -r " + servers.address("s2") + " -m -w 2");
        }
    }

    @Test
    void dropsTheExampleSchedulerIntoTheRunningEngine() throws IOException {
        var source = example("scheduler");
        Files.writeString(temp.resolve(publicClass(source) + ".java"), source);
        try (var servers = NginxServers.start(3);
                var engine = RunningEngine.start()) {
            engine.ipvsadm("-A", "-t", service, "-s", "rr");
            servers.names().forEach(name -> engine.ipvsadm("-a", "-t", service, "-r", servers.address(name), "-m"));
            Client.ask(service, 3);
            var commands = withOurPorts(example("scheduler-build"), servers);
            int use = commands.indexOf("ipvsadm");

            shell(engine, commands.substring(0, use));
            await("the plugin is loaded").until(() -> engine.jlvs("plugins").contains("lucky"));
            shell(engine, commands.substring(use));

            assertThat(engine.ipvsadm("-L", "-n")).contains(service + " lucky");
            assertThat(Client.ask(service, 60)).contains("s1", "s2", "s3");
        }
    }

    private String shell(RunningEngine engine, String commands) {
        var builder = engine.product()
                .inItsEnvironment(List.of("bash", "-euc", commands))
                .directory(temp.toFile());
        return Finished.of(builder, "").successful();
    }

    private String withOurPorts(String commands, NginxServers servers) {
        return commands.replace("127.0.0.1:8000", service)
                .replace("127.0.0.1:8081", servers.address("s1"))
                .replace("127.0.0.1:8082", servers.address("s2"))
                .replace("127.0.0.1:8083", servers.address("s3"));
    }

    /** The code block that follows the marker of this name. */
    private static String example(String name) throws IOException {
        var readme = Files.readString(Product.source("README.md"));
        var block = Pattern.compile("<!-- example: " + name + " -->\\s*```[a-z]*\\n(.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertThat(block.find()).as("README.md has an example '%s'", name).isTrue();
        return block.group(1);
    }

    private static String publicClass(String source) {
        var name = Pattern.compile("public (?:final )?class (\\w+)").matcher(source);
        assertThat(name.find()).as("the example has a public class").isTrue();
        return name.group(1);
    }
}
