package io.jlvs.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlvs.engine.gateway.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS. */
class TlsTest {

    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private Path certificate = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void makeACertificate() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(OPENSSL), "no openssl on this machine");
        certificate = folder.resolve("http.pem");
        key = folder.resolve("http.key");
        var request = List.of(
                OPENSSL.toString(), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");
        var answer = List.of("-nodes", "-subj", "/CN=lb1", "-addext", "subjectAltName=IP:127.0.0.1");
        var files = List.of("-keyout", key.toString(), "-out", certificate.toString());
        var openssl = new ProcessBuilder(
                        Stream.of(request, answer, files).flatMap(List::stream).toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(openssl.exitValue()).isZero();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private int listen(Tls tls) {
        return HttpFace.start(
                        vertx,
                        "127.0.0.1",
                        0,
                        Optional.of(tls),
                        router -> router.get("/health").handler(request -> request.end("well")))
                .await()
                .actualPort();
    }

    @Test
    void provesWhoItIsAndSpeaksNothingElse() {
        var port = listen(new Tls(certificate, key));
        var trusting = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString())));
        var plain = vertx.createHttpClient();

        var body = trusting.request(HttpMethod.GET, port, "127.0.0.1", "/health")
                .compose(request -> request.send())
                .compose(answer -> answer.body())
                .await();

        assertThat(body.toString()).isEqualTo("well");
        assertThatThrownBy(() -> plain.request(HttpMethod.GET, port, "127.0.0.1", "/health")
                        .compose(request -> request.send())
                        .await())
                .isInstanceOf(VertxException.class);
    }

    @Test
    void doesNotStartWithoutItsKey() {
        assertThatThrownBy(() -> listen(new Tls(certificate, folder.resolve("none.key"))))
                .hasStackTraceContaining("none.key");
    }
}
