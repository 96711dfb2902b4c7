package io.jlvs.engine.http;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.jlvs.engine.bus.DirectorName;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells the browser of an operator from one that another site makes ask: by the names by which the console is asked for,
 * since a name of somebody else's may be made to lead here (DNS rebinding), and by the origin of WebSockets, which browsers
 * open to anywhere.
 */
final class Visitors {

    /** IPv4, or IPv6 in brackets. */
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|\\[[0-9a-f:.]+]");

    private final Set<String> names;
    private final Set<String> origins;

    private Visitors(Set<String> names, Set<String> origins) {
        this.names = names;
        this.origins = origins;
    }

    /**
     * @param configured the host that is listened on
     * @param origins of other sites whose pages may come as well
     */
    static Visitors of(String configured, Set<String> origins) {
        var names = Stream.of("localhost", configured, DirectorName.ofHost())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(toUnmodifiableSet());
        return new Visitors(names, Set.copyOf(origins));
    }

    /** Lets a request pass, or answers it with 403 and the reason. */
    void check(RoutingContext request) {
        var asked = request.request().authority();
        if (asked == null || !isOurs(asked.host().toLowerCase(Locale.ROOT))) {
            refuse(request, "the console is asked for by its address, localhost, or the name of this machine");
            return;
        }
        var origin = request.request().getHeader("Origin");
        if (origin != null && !origins.contains(origin) && !isSame(asked, origin)) {
            refuse(request, "pages of " + origin + " may not use this console");
            return;
        }
        request.next();
    }

    private boolean isOurs(String name) {
        return ADDRESS.matcher(name).matches() || names.contains(name);
    }

    private static boolean isSame(HostAndPort asked, String origin) {
        try {
            var from = URI.create(origin);
            return asked.host().equalsIgnoreCase(from.getHost()) && asked.port() == from.getPort();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static void refuse(RoutingContext request, String reason) {
        request.response().setStatusCode(403).end(reason + "\n");
    }
}
