package io.jlvs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Shows at an address of loopback what an engine in a network namespace answers at {@code /metrics}. */
final class MetricsWindow implements AutoCloseable {

    private final HttpServer server;

    private MetricsWindow(HttpServer server) {
        this.server = server;
    }

    static MetricsWindow open(Supplier<String> metrics) {
        var server = serverAt(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), Sandbox.freePort()));
        server.createContext("/metrics", exchange -> {
            try (exchange) {
                var body = metrics.get().getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return new MetricsWindow(server);
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static HttpServer serverAt(InetSocketAddress address) {
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
