package io.jlvs.engine.http;

import io.jlvs.engine.gateway.Gateway;
import io.jlvs.engine.gateway.Link;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import io.vertx.ext.web.handler.sockjs.Transport;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;

/** The event bus for browsers: WebSockets, plain at {@code /eventbus/websocket} or SockJS's. */
final class Bridge {

    private Bridge() {}

    static Router router(Vertx vertx, Gateway gateway) {
        var options = new SockJSHandlerOptions();
        EnumSet.complementOf(EnumSet.of(Transport.WEBSOCKET))
                .forEach(other -> options.addDisabledTransport(other.name()));
        return SockJSHandler.create(vertx, options).socketHandler(socket -> connected(socket, gateway));
    }

    private static void connected(SockJSSocket socket, Gateway gateway) {
        gateway.open(new Connection(socket))
                .ifPresent(session -> socket.closeHandler(_ -> session.closed())
                        .exceptionHandler(_ -> socket.close())
                        .handler(session::receive));
    }

    private record Connection(SockJSSocket socket) implements Link {

        @Override
        public String address() {
            return socket.remoteAddress().host();
        }

        @Override
        public Future<Void> write(Buffer json) {
            return socket.write(json.toString(StandardCharsets.UTF_8));
        }

        /** A paused session of SockJS goes on reading, into memory. */
        @Override
        public void pause() {
            if (isPlain()) {
                socket.pause();
            }
        }

        @Override
        public void resume() {
            socket.resume();
        }

        @Override
        public void close() {
            socket.close();
        }

        /** Others have a server and a session in their path. */
        private boolean isPlain() {
            return socket.uri().startsWith(ConsolePart.BUS + "/websocket");
        }
    }
}
