package io.jlvs.engine.http;

import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.json.EventJson;
import io.jlvs.engine.bus.CommandBus;
import io.jlvs.engine.live.LiveTeller;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import io.vertx.ext.web.handler.sockjs.Transport;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The event bus for browsers: WebSockets, plain at {@code /eventbus/websocket} or SockJS's, in the frames of Vert.x's
 * bridge. Only the addresses of the console; events as JSON, of connections at most {@value Allowance#PER_SECOND} a
 * second. A page that does not keep up misses events and holds nobody up; the next one that it gets says under {@code
 * missed} how many.
 */
final class Bridge {

    private static final Set<BusAddress> TOLD = EnumSet.of(
            BusAddress.LIVE,
            BusAddress.EVENT_CONNECTION,
            BusAddress.EVENT_CONFIGURATION,
            BusAddress.EVENT_PLUGIN,
            BusAddress.EVENT_DIRECTOR);

    private static final Set<BusAddress> ASKED = EnumSet.of(
            BusAddress.STATUS,
            BusAddress.SERVICE_LIST,
            BusAddress.SERVICE_LIVE,
            BusAddress.SERVICE_SEARCH,
            BusAddress.CONNECTION_LIST,
            BusAddress.CONNECTION_EXPLAIN,
            BusAddress.CHANGE_PREVIEW,
            BusAddress.PLUGIN_LIST);

    private static final Set<BusAddress> CHANGED = EnumSet.of(
            BusAddress.SERVICE_ADD,
            BusAddress.SERVICE_EDIT,
            BusAddress.SERVICE_DELETE,
            BusAddress.SERVICE_ZERO,
            BusAddress.SERVER_ADD,
            BusAddress.SERVER_EDIT,
            BusAddress.SERVER_DELETE);

    private static final int MAX_MESSAGE_BYTES = 64 << 10;
    private static final int MAX_HANDLERS = 100;

    private final Vertx vertx;
    private final ConsoleAccess access;
    private final LiveTeller live;
    private final Map<SockJSSocket, Page> pages = new ConcurrentHashMap<>();

    /** What is known of a page that is open somewhere. */
    private static final class Page {
        private final Allowance allowance = new Allowance();
        private boolean looks;
    }

    Bridge(Vertx vertx, ConsoleAccess access, LiveTeller live) {
        this.vertx = vertx;
        this.access = access;
        this.live = live;
    }

    Router router() {
        var options = new SockJSHandlerOptions().setMaxBytesStreaming(MAX_MESSAGE_BYTES);
        EnumSet.complementOf(EnumSet.of(Transport.WEBSOCKET))
                .forEach(other -> options.addDisabledTransport(other.name()));
        return SockJSHandler.create(vertx, options).bridge(permitted(), this::onEvent);
    }

    private SockJSBridgeOptions permitted() {
        var options = new SockJSBridgeOptions().setMaxHandlersPerSocket(MAX_HANDLERS);
        TOLD.forEach(address -> options.addOutboundPermitted(only(address)));
        ASKED.forEach(address -> options.addInboundPermitted(only(address)));
        if (access == ConsoleAccess.CHANGE) {
            CHANGED.forEach(address -> options.addInboundPermitted(only(address)));
        }
        return options;
    }

    private static PermittedOptions only(BusAddress address) {
        return new PermittedOptions().setAddress(address.address());
    }

    private void onEvent(BridgeEvent event) {
        switch (event.type()) {
            case RECEIVE -> event.complete(isToBeTold(event));
            case SEND -> {
                sign(event);
                event.complete(true);
            }
            case PUBLISH -> event.complete(false);
            case REGISTER -> {
                look(event, true);
                event.complete(true);
            }
            case UNREGISTER -> {
                look(event, false);
                event.complete(true);
            }
            case SOCKET_CLOSED -> {
                pages.remove(event.socket());
                event.complete(true);
            }
            default -> event.complete(true);
        }
    }

    /** Says who asks. Headers of the page's own are left out: their names match in any case, and the first one counts. */
    private static void sign(BridgeEvent event) {
        var by = event.socket().remoteAddress().host() + " with the console";
        event.getRawMessage().put("headers", JsonObject.of(CommandBus.BY, by));
    }

    private Page page(BridgeEvent event) {
        return pages.computeIfAbsent(event.socket(), _ -> new Page());
    }

    /** Takes note of who wants the live picture. A socket that closes is told of as unregistered first. */
    private void look(BridgeEvent event, boolean wanted) {
        var page = page(event);
        if (isLive(event.getRawMessage()) && page.looks != wanted) {
            page.looks = wanted;
            if (wanted) {
                live.watch();
            } else {
                live.unwatch();
            }
        }
    }

    /** Also makes JSON of an event. */
    private boolean isToBeTold(BridgeEvent event) {
        var message = event.getRawMessage();
        if (!(message.getValue("body") instanceof JlvsEvent body)) {
            return !isLive(message) || !isBehind(event);
        }
        var allowance = page(event).allowance;
        if (isBehind(event) || (body instanceof ConnectionEvent && !allowance.take(System.nanoTime()))) {
            allowance.miss();
            return false;
        }
        var json = EventJson.toJson(body);
        var missed = allowance.takeMissed();
        message.put("body", missed == 0 ? json : json.put("missed", missed));
        return true;
    }

    private static boolean isLive(JsonObject message) {
        return BusAddress.LIVE.address().equals(message.getString("address"));
    }

    private static boolean isBehind(BridgeEvent event) {
        return event.socket().writeQueueFull();
    }
}
