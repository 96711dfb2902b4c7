package io.jlvs.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * One request to the engine's control socket. HTTP/1.0, so that the answer ends with the connection and needs no library
 * to read: a JVM that starts for one request has no time for more.
 */
final class ControlClient {

    private static final String DEFAULT_SOCKET = "/run/jlvs/jlvs.sock";

    private final Path socket;

    ControlClient(Path socket) {
        this.socket = socket;
    }

    /** The client for the socket that {@code JLVS_SOCKET} names, else for the usual one. */
    static ControlClient ofEnvironment() {
        var named = System.getenv("JLVS_SOCKET");
        return new ControlClient(Path.of(named == null || named.isEmpty() ? DEFAULT_SOCKET : named));
    }

    /** {@code POST /ipvsadm} with these words and this standard input. */
    Reply ipvsadm(List<String> words, byte[] stdin) throws IOException {
        var query = new StringBuilder();
        for (var word : words) {
            query.append(query.isEmpty() ? "?arg=" : "&arg=").append(URLEncoder.encode(word, StandardCharsets.UTF_8));
        }
        return send("POST /ipvsadm" + query, "text/plain", stdin);
    }

    /** {@code GET} of a path, as text or as JSON. */
    Reply get(String path, boolean json) throws IOException {
        return send("GET " + path, json ? "application/json" : "text/plain", new byte[0]);
    }

    /** What to tell when the engine can't be reached. */
    String unreachable(IOException e) {
        return "no JLVS engine answers at " + socket + " (" + e.getMessage()
                + "). Start it with 'jlvs run', or set JLVS_SOCKET to its socket.";
    }

    private Reply send(String requestLine, String accept, byte[] body) throws IOException {
        var head = requestLine + " HTTP/1.0\r\nHost: jlvs\r\nAccept: " + accept + "\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            write(channel, head.getBytes(StandardCharsets.US_ASCII));
            write(channel, body);
            var answer = new ByteArrayOutputStream();
            Channels.newInputStream(channel).transferTo(answer);
            return Reply.parse(answer.toByteArray());
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
