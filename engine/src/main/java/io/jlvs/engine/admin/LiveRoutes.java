package io.jlvs.engine.admin;

import io.jlvs.api.CommandException;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ServiceKey;
import io.jlvs.engine.live.Drain;
import io.jlvs.engine.live.TopScreen;
import io.jlvs.engine.live.TopScreen.Order;
import io.jlvs.engine.live.TopScreen.Wanted;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * What goes on now, for {@code jlvs top} and {@code jlvs drain}.
 *
 * <ul>
 *   <li>{@code GET /top?columns=80&lines=24&coloured=true&order=traffic&filter=...}: a page of text.
 *   <li>{@code POST /drain?server=10.0.0.1:80&service=...}: gives the server weight 0; the lines that would give it back
 *       what it had, in the words of ipvsadm.
 *   <li>{@code GET /drain?server=10.0.0.1:80&service=...}: how many active connections are left, as a number.
 * </ul>
 */
public final class LiveRoutes implements Routes {

    private static final int MAX = 1000;

    private final Vertx vertx;
    private final TopScreen top;
    private final Drain drain;

    public LiveRoutes(Vertx vertx, TopScreen top, Drain drain) {
        this.vertx = vertx;
        this.top = top;
        this.drain = drain;
    }

    @Override
    public void addTo(Router router) {
        router.get("/top").handler(request -> answer(request, () -> top.draw(wanted(request))));
        router.post("/drain").handler(request -> answer(request, () -> begin(request)));
        router.get("/drain")
                .handler(request -> answer(request, () -> drain.left(server(request), service(request)) + "\n"));
    }

    private void answer(RoutingContext request, Callable<String> text) {
        vertx.executeBlocking(text, false)
                .onSuccess(request::end)
                .onFailure(failure -> request.response()
                        .setStatusCode(failure instanceof CommandException ? 404 : 400)
                        .end(failure.getMessage() + "\n"));
    }

    private static Wanted wanted(RoutingContext request) {
        return new Wanted(
                Integer.parseInt(parameter(request, "columns", "" + MAX)),
                Integer.parseInt(parameter(request, "lines", "" + MAX)),
                Boolean.parseBoolean(parameter(request, "coloured", "false")),
                Order.valueOf(parameter(request, "order", "traffic").toUpperCase(Locale.ROOT)),
                parameter(request, "filter", ""));
    }

    private String begin(RoutingContext request) {
        var lines = new StringBuilder();
        for (var place : drain.begin(Peer.of(request, "jlvs drain"), server(request), service(request))) {
            lines.append("ipvsadm -e %s -r %s %s -w %d%n"
                    .formatted(
                            words(place.service()),
                            place.server().endpoint(),
                            mode(place.server().mode()),
                            place.server().weight()));
        }
        return lines.toString();
    }

    private static String words(ServiceKey key) {
        return switch (key) {
            case ServiceKey.Address address ->
                switch (address.protocol()) {
                            case TCP -> "-t ";
                            case UDP -> "-u ";
                            case SCTP -> "--sctp-service ";
                        }
                        + address.virtual();
            case ServiceKey.FirewallMark mark -> "-f " + mark.mark();
        };
    }

    private static String mode(String mode) {
        return switch (mode) {
            case "nat" -> "-m";
            case "dr" -> "-g";
            case "tun" -> "-i";
            default -> "--mode " + mode;
        };
    }

    private static Endpoint server(RoutingContext request) {
        return Endpoint.parse(parameter(request, "server", ""));
    }

    private static String service(RoutingContext request) {
        return parameter(request, "service", "");
    }

    private static String parameter(RoutingContext request, String name, String otherwise) {
        var values = request.queryParam(name);
        return values.isEmpty() ? otherwise : values.getFirst();
    }
}
