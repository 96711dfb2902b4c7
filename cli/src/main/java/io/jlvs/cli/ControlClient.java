package io.jlvs.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to the engine's control socket. HTTP/1.0, so that the answer ends with the connection and needs no library
 * to read: a JVM that starts for one request has no time for more. Every exception's message says which socket, what
 * happened and what to do.
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

    /** {@code POST} to the path of a command that the engine interprets, with its words and standard input. */
    Reply ask(String path, List<String> words, byte[] stdin) throws IOException {
        var query = new StringBuilder();
        for (var word : words) {
            query.append(query.isEmpty() ? "?arg=" : "&arg=").append(URLEncoder.encode(word, StandardCharsets.UTF_8));
        }
        return send("POST " + path + query, "text/plain", stdin);
    }

    /** {@code GET} of a path, as text or as JSON. */
    Reply get(String path, boolean json) throws IOException {
        return send("GET " + path, json ? "application/json" : "text/plain", new byte[0]);
    }

    /** {@code POST} to a path, without a body. */
    Reply post(String path) throws IOException {
        return send("POST " + path, "text/plain", new byte[0]);
    }

    private Reply send(String requestLine, String accept, byte[] body) throws IOException {
        var head = requestLine + " HTTP/1.0\r\nHost: jlvs\r\nAccept: " + accept + "\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        try (var channel = connect()) {
            var reply = exchange(channel, head.getBytes(StandardCharsets.US_ASCII), body);
            if (reply.status() != 200) {
                throw new IOException("the JLVS engine at " + socket + " does not take this: "
                        + (reply.body().length == 0
                                ? "HTTP status " + reply.status()
                                : reply.text().strip()));
            }
            return reply;
        }
    }

    private SocketChannel connect() throws IOException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            var advice = Files.exists(socket) && !Files.isWritable(socket)
                    ? "Become root, or a member of the socket's group."
                    : "Start it with 'jlvs run', or set JLVS_SOCKET to its socket.";
            throw new IOException("no JLVS engine answers at " + socket + " (" + e.getMessage() + "). " + advice, e);
        }
    }

    /** An engine that takes no more hangs up, and may have said why: what was said whole counts. */
    private Reply exchange(SocketChannel channel, byte[] head, byte[] body) throws IOException {
        var answer = new ByteArrayOutputStream();
        var hungUp = write(channel, head, body);
        var reset = read(channel, answer);
        try {
            return Reply.parse(answer.toByteArray());
        } catch (IOException e) {
            var why = hungUp != null ? hungUp : reset != null ? reset : e;
            throw new IOException(
                    "the JLVS engine at " + socket + " broke off (" + why.getMessage()
                            + "): whether it did what was asked is not known. See its log.",
                    why);
        }
    }

    private static @Nullable IOException read(SocketChannel channel, ByteArrayOutputStream answer) {
        try {
            Channels.newInputStream(channel).transferTo(answer);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private static @Nullable IOException write(SocketChannel channel, byte[] head, byte[] body) {
        try {
            for (var buffer : List.of(ByteBuffer.wrap(head), ByteBuffer.wrap(body))) {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            return null;
        } catch (IOException e) {
            return e;
        }
    }
}
