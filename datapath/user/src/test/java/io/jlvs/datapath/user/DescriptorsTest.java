package io.jlvs.datapath.user;

import static io.jlvs.datapath.user.RelayFixture.closedPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many connections through a relay in a JVM of its own, so that its descriptors are its own. */
@Timeout(120)
class DescriptorsTest {

    private static final int IDLE = 10_000;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Endpoint virtual;

    DescriptorsTest() throws IOException {
        virtual = closedPort().endpoint();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var one : opened.reversed()) {
            one.close();
        }
    }

    @Test
    void servesANewClientAmongTenThousandIdleOnes() throws Exception {
        var relay = relay(0, 0, "AUTO");
        var most = Integer.parseInt(relay.awaitLine("limit ")) - 1; // a little less where descriptors end at 20,000
        var idle = new ArrayList<Socket>();

        for (int i = 0; i < Math.min(IDLE, most); i++) {
            idle.add(connect());
        }
        for (var client : idle) {
            assertThat(echoes(client)).isTrue();
        }

        assertThat(echoes(connect())).isTrue();
        assertThat(echoes(idle.getFirst())).isTrue();
    }

    /** With 1000 connections allowed the kernel is the first to say no, by 0 the relay derives a limit that holds. */
    @ParameterizedTest
    @CsvSource({"0, NIO", "1000, NIO", "0, IO_URING", "1000, IO_URING"})
    void shedsLoadWhenDescriptorsAreOutAndRecovers(int maxConnections, String transport) throws Exception {
        var relay = relay(200, maxConnections, transport);
        var clients = new ArrayList<Socket>();
        for (int i = 0; i < 150; i++) {
            clients.add(connect());
        }
        relay.awaitLine("overloaded");
        assertThat(echoes(clients.getFirst())).isTrue();

        for (var client : clients) {
            client.close();
        }

        relay.awaitLine("recovered");
        await().atMost(Duration.ofSeconds(20)).until(() -> echoes(connect()));
    }

    private ChildJvm relay(int descriptors, int maxConnections, String transport) throws IOException {
        var echo = keep(new ChildJvm(0, EchoMain.class));
        var server = Endpoint.of("127.0.0.1", Integer.parseInt(echo.awaitLine("port ")));
        var relay = keep(new ChildJvm(descriptors, RelayMain.class, virtual, server, maxConnections, transport));
        relay.awaitLine("ready");
        return relay;
    }

    private Socket connect() throws IOException {
        var socket = keep(new Socket(virtual.address(), virtual.port()));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static boolean echoes(Socket client) {
        try {
            client.getOutputStream().write('x');
            return client.getInputStream().read() == 'x';
        } catch (IOException e) {
            return false;
        }
    }

    private <T extends AutoCloseable> T keep(T one) {
        opened.add(one);
        return one;
    }
}
