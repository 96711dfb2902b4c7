package io.jlvs.engine.gateway;

import io.jlvs.engine.bus.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The event bus over TCP, in the frames of vertx-tcp-eventbus-bridge: four bytes with the length (big endian), then so many
 * bytes of JSON, at most {@value Session#MAX_FRAME_BYTES}. That library is not what answers: it takes frames of up to 2 GiB
 * into memory, writes without looking whether anybody reads, and forgets to end subscriptions that were made twice.
 */
public final class TcpGateway {

    private static final int LENGTH_BYTES = 4;
    /** Of a connection that neither reads nor writes; what is left for it to read goes with it. */
    private static final int IDLE_SECONDS = 60;

    private TcpGateway() {}

    /** @param anonymous what one without a token may do; nothing when empty */
    public static Gateway of(Gateway.Common common, Optional<Role> anonymous) {
        return new Gateway(common, new Gateway.Terms("tcp", "over TCP", Dialect.TCP, anonymous, Allowance.UNLIMITED));
    }

    /** Starts to listen; the future fails when the address can't be had, or its key. */
    public static Future<NetServer> start(Vertx outside, TcpOptions options, Gateway gateway) {
        return outside.createNetServer(server(options))
                .connectHandler(socket -> connected(socket, gateway))
                .listen(options.port(), options.host());
    }

    private static NetServerOptions server(TcpOptions options) {
        var server = new NetServerOptions()
                .setTcpKeepAlive(true)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        options.tls().ifPresent(tls -> server.setSsl(true).setKeyCertOptions(tls.keys()));
        return server;
    }

    private static void connected(NetSocket socket, Gateway gateway) {
        var frames = RecordParser.newFixed(LENGTH_BYTES, socket);
        gateway.open(new Connection(socket, frames)).ifPresent(session -> {
            socket.closeHandler(_ -> session.closed());
            frames.exceptionHandler(_ -> socket.close()).handler(new Reader(frames, session)::read);
        });
    }

    /** Cuts what comes into frames. */
    private static final class Reader {

        private final RecordParser frames;
        private final Session session;
        private boolean inFrame;

        Reader(RecordParser frames, Session session) {
            this.frames = frames;
            this.session = session;
        }

        void read(Buffer part) {
            if (inFrame) {
                expect(LENGTH_BYTES, false);
                session.receive(part);
                return;
            }
            var length = part.getInt(0);
            if (length > 0 && length <= Session.MAX_FRAME_BYTES) {
                expect(length, true);
            } else {
                session.garbage("invalid_length");
            }
        }

        private void expect(int length, boolean ofFrame) {
            inFrame = ofFrame;
            frames.fixedSizeMode(length);
        }
    }

    private record Connection(NetSocket socket, RecordParser frames) implements Link {

        @Override
        public String address() {
            return socket.remoteAddress().host();
        }

        @Override
        public Future<Void> write(Buffer json) {
            return socket.write(Buffer.buffer(LENGTH_BYTES + json.length())
                    .appendInt(json.length())
                    .appendBuffer(json));
        }

        @Override
        public void pause() {
            frames.pause();
        }

        @Override
        public void resume() {
            frames.resume();
        }

        /** Also takes no more, or who goes on sending and never reads would be kept. */
        @Override
        public void close() {
            frames.pause();
            socket.close();
        }
    }
}
