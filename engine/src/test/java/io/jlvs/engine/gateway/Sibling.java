package io.jlvs.engine.gateway;

import io.jlvs.api.bus.BusAddress;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One who speaks the frames of Vert.x's TCP bridge, and reads only when asked to. */
final class Sibling implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int pings;

    private Sibling(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Comes from 127.0.0.1. */
    static Sibling at(int port) {
        return at(port, "127.0.0.1");
    }

    /** @param from another address of the loopback interface */
    static Sibling at(int port, String from) {
        try {
            return new Sibling(new Socket(InetAddress.ofLiteral("127.0.0.1"), port, InetAddress.ofLiteral(from), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Sibling send(JsonObject frame) {
        return sendBytes(frame.encode().getBytes(StandardCharsets.UTF_8));
    }

    /** A frame of any content. */
    Sibling sendBytes(byte[] content) {
        return sendLength(content.length).sendRaw(content);
    }

    Sibling sendLength(int length) {
        return sendRaw(new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
    }

    Sibling sendRaw(byte[] bytes) {
        try {
            out.write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows a token, with a ping. */
    Sibling logIn(String token) {
        pings++;
        return send(JsonObject.of("type", "ping", "headers", JsonObject.of("token", token)));
    }

    Sibling register(BusAddress address) {
        return send(JsonObject.of("type", "register", "address", address.address()));
    }

    Sibling ask(BusAddress address, JsonObject body) {
        return send(JsonObject.of("type", "send", "address", address.address(), "body", body, "replyAddress", "reply"));
    }

    /** Waits until all that was sent before has been looked at; leaves out what comes until then. */
    Sibling settle() {
        pings++;
        send(JsonObject.of("type", "ping"));
        while (pings > 0) {
            any();
        }
        return this;
    }

    /** The next frame but pongs, which has to come. */
    JsonObject next() {
        var frame = any();
        return "pong".equals(frame.getString("type")) ? next() : frame;
    }

    /** The next frame. */
    JsonObject any() {
        var frame = read().orElseThrow(() -> new IllegalStateException("the connection was closed"));
        pings -= "pong".equals(frame.getString("type")) ? 1 : 0;
        return frame;
    }

    /** Why the connection was closed: the reason in the last frame before. */
    String farewell() {
        var last = new JsonObject();
        for (var frame = read(); frame.isPresent(); frame = read()) {
            last = frame.get();
        }
        return last.getString("message", "");
    }

    private Optional<JsonObject> read() {
        try {
            var content = new byte[in.readInt()];
            in.readFully(content);
            return Optional.of(new JsonObject(new String(content, StandardCharsets.UTF_8)));
        } catch (EOFException | SocketException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without patience: closed though something may be on its way. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
