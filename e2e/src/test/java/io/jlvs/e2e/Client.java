package io.jlvs.e2e;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One connection of an HTTP client. */
public final class Client implements AutoCloseable {

    private static final byte[] REQUEST = "GET /who HTTP/1.1\r\nHost: jlvs\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final BufferedReader answers;

    private Client(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Connects from an address that the system chooses. */
    static Client to(String address) throws IOException {
        return connect(null, address);
    }

    /**
     * Connects.
     *
     * @param from a loopback address; null lets the system choose, which it can do far more often: a bound port is used up
     *     for a minute, whoever it talked to
     */
    public static Client connect(@Nullable String from, String address) throws IOException {
        return connect(from, address, PATIENCE_MILLIS);
    }

    /** Connects, and gives up when the connection or an answer does not come within {@code millis}. */
    public static Client impatient(String address, int millis) throws IOException {
        return connect(null, address, millis);
    }

    private static Client connect(@Nullable String from, String address, int millis) throws IOException {
        var colon = address.lastIndexOf(':');
        var socket = new Socket();
        try {
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            if (from != null) {
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            }
            var host = InetAddress.ofLiteral(address.substring(0, colon));
            socket.connect(new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1))), millis);
            return new Client(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Who answers each of {@code count} requests, each on a connection of its own, one after the other. */
    static List<String> ask(String address, int count) {
        return IntStream.range(0, count).mapToObj(_ -> askFrom(null, address)).toList();
    }

    /** Who answers one request, from a given loopback address or, for null, from any. */
    static String askFrom(@Nullable String from, String address) {
        try (var client = connect(from, address)) {
            return client.who();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks once more on this connection. */
    public String who() throws IOException {
        socket.getOutputStream().write(REQUEST);
        var status = line();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("unexpected answer: " + status);
        }
        int length = 0;
        for (var header = line(); !header.isEmpty(); header = line()) {
            if (header.startsWith("Content-Length: ")) {
                length = Integer.parseInt(header.substring("Content-Length: ".length()));
            }
        }
        return body(length).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        var line = answers.readLine();
        if (line == null) {
            throw new EOFException("the connection ended where an answer was due");
        }
        return line;
    }

    private String body(int length) throws IOException {
        var body = new char[length];
        for (int at = 0; at < length; ) {
            int n = answers.read(body, at, length - at);
            if (n < 0) {
                throw new EOFException("the connection ended within an answer");
            }
            at += n;
        }
        return new String(body);
    }
}
