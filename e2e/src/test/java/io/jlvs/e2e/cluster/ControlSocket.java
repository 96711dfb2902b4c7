package io.jlvs.e2e.cluster;

import io.jlvs.e2e.lab.Finished;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks an engine as its command line does, without a process for each question. */
record ControlSocket(Path path) {

    private static final Pattern EXIT = Pattern.compile("(?i)\r\nX-Exit-Status: (\\d+)\r\n");

    /** Runs a command of {@code ipvsadm}; what it prints and complains of is together in {@code output}. */
    Finished ipvsadm(String... words) {
        var query = Stream.of(words)
                .map(word -> "arg=" + URLEncoder.encode(word, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var answer = send("POST /ipvsadm?" + query);
        var exit = EXIT.matcher(answer);
        var code = exit.find() ? Integer.parseInt(exit.group(1)) : 2;
        return new Finished("ipvsadm " + String.join(" ", words), code, body(answer), "");
    }

    /** What {@code jlvs cluster status --json} tells. */
    JsonObject cluster() {
        return new JsonObject(body(send("GET /cluster")));
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private String send(String request) {
        var head = request + " HTTP/1.0\r\nHost: jlvs\r\nAccept: application/json\r\nContent-Length: 0\r\n\r\n";
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            var answer = new ByteArrayOutputStream();
            Channels.newInputStream(channel).transferTo(answer);
            var text = answer.toString(StandardCharsets.UTF_8);
            if (!text.contains("\r\n\r\n")) {
                throw new IOException("the engine at " + path + " hung up");
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
