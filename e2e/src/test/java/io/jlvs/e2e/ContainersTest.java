package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlvs.e2e.lab.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** The engine and its servers in containers of their own, on one network, from images that are built here. */
class ContainersTest {

    private static final String CONFIGURATION = """
            datapath: user
            plugins:
              folder: /jlvs/plugins
            state:
              folder: /tmp
            control:
              socket: /tmp/jlvs.sock
            """;

    private static final List<String> IMAGES = List.of("jlvs-e2e/nginx", "jlvs-e2e/engine", "jlvs-e2e/client");

    @BeforeAll
    static void buildImages() {
        var reason = whyNot();
        if (!reason.isEmpty()) {
            System.out.println("ContainersTest is skipped: " + reason);
        }
        assumeTrue(reason.isEmpty(), reason);
        Sandbox.run(
                        "bash",
                        "src/test/sh/images",
                        System.getProperty("java.home"),
                        Product.source("dist/target/jlvs").toString())
                .successful();
    }

    @AfterAll
    static void removeImages() {
        if (whyNot().isEmpty()) {
            IMAGES.forEach(image -> Sandbox.run("docker", "rmi", "-f", image));
        }
    }

    @Test
    void balancesBetweenContainers() throws Exception {
        try (var network = Network.newNetwork();
                var s1 = nginx(network, "s1");
                var s2 = nginx(network, "s2");
                var s3 = nginx(network, "s3");
                var engine = engine(network);
                var client = container("jlvs-e2e/client", network, "client").withCommand("sleep", "600")) {
            Stream.of(s1, s2, s3, engine, client).forEach(GenericContainer::start);
            var service = address(engine, 8080);
            run(engine, "/jlvs/bin/ipvsadm", "-A", "-t", service, "-s", "rr");
            for (var server : List.of(s1, s2, s3)) {
                run(engine, "/jlvs/bin/ipvsadm", "-a", "-t", service, "-r", address(server, 8080), "-m");
            }

            var answers = Stream.generate(() -> "http://engine:8080/who")
                    .limit(9)
                    .map(url -> run(client, "wget", "-qO-", url).strip())
                    .toList();

            assertThat(answers.subList(0, 3)).containsExactlyInAnyOrder("s1", "s2", "s3");
            assertThat(answers.subList(3, 6)).isEqualTo(answers.subList(0, 3));
            assertThat(answers.subList(6, 9)).isEqualTo(answers.subList(0, 3));
        }
    }

    private static String whyNot() {
        var reason = System.getenv("JLVS_NO_CONTAINERS");
        if (reason != null) {
            return reason;
        }
        try {
            var info = Sandbox.run("docker", "info");
            return info.exit() == 0
                    ? ""
                    : "no container engine answers: " + info.errors().strip();
        } catch (UncheckedIOException e) {
            return "there is no docker client";
        }
    }

    private static GenericContainer<?> container(String image, Network network, String name) {
        return new GenericContainer<>(DockerImageName.parse(image))
                .withNetwork(network)
                .withNetworkAliases(name);
    }

    private static GenericContainer<?> nginx(Network network, String name) {
        return container("jlvs-e2e/nginx", network, name)
                .withCommand("/bin/sh", "-c", "echo " + name + " > /tmp/who; exec nginx -e stderr -c /etc/nginx.conf")
                .waitingFor(Wait.forSuccessfulCommand("wget -qO- http://127.0.0.1:8080/who"));
    }

    private static GenericContainer<?> engine(Network network) {
        return container("jlvs-e2e/engine", network, "engine")
                .withCopyToContainer(Transferable.of(CONFIGURATION), "/etc/jlvs.yaml")
                .withEnv("JAVA_HOME", "/jre")
                .withEnv("JLVS_SOCKET", "/tmp/jlvs.sock")
                .withCreateContainerCmdModifier(command -> command.withUser("65534:65534"))
                .withCommand("/jlvs/bin/jlvs", "run", "--config", "/etc/jlvs.yaml")
                .waitingFor(Wait.forSuccessfulCommand("/jlvs/bin/jlvs status"));
    }

    private static String address(GenericContainer<?> container, int port) {
        var networks = container.getContainerInfo().getNetworkSettings().getNetworks();
        return networks.values().iterator().next().getIpAddress() + ":" + port;
    }

    private static String run(GenericContainer<?> container, String... command) {
        ExecResult result;
        try {
            result = container.execInContainer(command);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(result.getExitCode())
                .as("%s: %s", String.join(" ", command), result)
                .isZero();
        return result.getStdout();
    }
}
