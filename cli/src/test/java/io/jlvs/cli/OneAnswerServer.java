package io.jlvs.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** An engine on a Unix domain socket that takes one request and gives a prepared answer. */
final class OneAnswerServer implements AutoCloseable {

    private final ServerSocketChannel listening;
    private final CompletableFuture<String> request = new CompletableFuture<>();

    /** Reads the request before it answers. */
    OneAnswerServer(Path socket, String answer) throws IOException {
        this(socket, answer, OneAnswerServer::read);
    }

    private OneAnswerServer(Path socket, String answer, Reader reader) throws IOException {
        listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        Thread.startVirtualThread(() -> serve(answer, reader));
    }

    /** Answers when it is let. */
    static OneAnswerServer afterwards(Path socket, String answer, CompletableFuture<?> let) throws IOException {
        return new OneAnswerServer(socket, answer, client -> {
            var request = read(client);
            let.join();
            return request;
        });
    }

    /** Answers at once and hangs up. */
    static OneAnswerServer withoutReading(Path socket, String answer) throws IOException {
        return new OneAnswerServer(socket, answer, _ -> "");
    }

    private interface Reader {
        String read(SocketChannel client) throws IOException;
    }

    /** The request as it came. */
    String request() {
        return request.join();
    }

    private void serve(String answer, Reader reader) {
        try (var client = listening.accept()) {
            request.complete(reader.read(client));
            client.write(StandardCharsets.UTF_8.encode(answer));
        } catch (IOException e) {
            request.completeExceptionally(new UncheckedIOException(e));
        }
    }

    /** Reads up to the end that the head announces. */
    private static String read(SocketChannel client) throws IOException {
        var all = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(4096);
        while (!isWhole(all.toString(StandardCharsets.UTF_8)) && client.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static boolean isWhole(String request) {
        int end = request.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        var length =
                request.substring(request.indexOf("Content-Length: ") + 16, end).strip();
        return request.length() - end - 4 >= Integer.parseInt(length);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
