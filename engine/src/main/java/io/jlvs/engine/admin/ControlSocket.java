package io.jlvs.engine.admin;

import io.jlvs.engine.ipvsadm.Ipvsadm;
import io.jlvs.engine.ipvsadm.Output;
import io.jlvs.engine.log.Audit;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * HTTP on a Unix domain socket, for members of the socket's group (permission 0660).
 *
 * <ul>
 *   <li>{@code POST /ipvsadm?arg=-A&arg=-t&arg=...}: the body is standard input; the answer has the exit code in {@code
 *       X-Exit-Status}, and in its body standard output, {@code X-Stdout-Length} bytes, then standard error.
 *   <li>{@code POST /sysctl?arg=NAME=VALUE&arg=...}: likewise, for the words of {@code jlvs sysctl}.
 *   <li>{@code POST /stop}, {@code POST /stop?flush=true}: what becomes of it, as text; {@code X-Pid} has the process that ends.
 *   <li>{@code GET /status}, {@code GET /plugins}: text, or JSON for who accepts it.
 *   <li>{@link LiveRoutes}, {@link ClusterRoutes}.
 * </ul>
 */
public final class ControlSocket implements AutoCloseable {

    private static final int MAX_BODY_BYTES = 16 << 20;
    /** A command line is in the first line of a request; Linux allows 2 MiB for one. */
    private static final HttpServerOptions LONG_LINES = new HttpServerOptions().setMaxInitialLineLength(6 << 20);

    private static final String JSON = "application/json";

    private final Vertx vertx;
    private final Ipvsadm ipvsadm;
    private final SysctlCommand sysctl;
    private final StatusSource source;
    private final List<Routes> more;
    private final Shutdown shutdown;
    private final SocketFile file;
    private final HttpServer server;

    /**
     * Listens. Blocks until it does.
     *
     * @throws IllegalStateException if the socket can't be made, or another engine answers on it
     */
    public ControlSocket(
            Vertx vertx,
            Path socket,
            Ipvsadm ipvsadm,
            SysctlCommand sysctl,
            StatusSource source,
            List<Routes> more,
            Shutdown shutdown) {
        this.vertx = vertx;
        this.ipvsadm = ipvsadm;
        this.sysctl = sysctl;
        this.source = source;
        this.more = List.copyOf(more);
        this.shutdown = shutdown;
        this.file = new SocketFile(socket);
        this.server = vertx.createHttpServer(LONG_LINES).requestHandler(routes());
        try {
            file.makeRoom();
            server.listen(SocketAddress.domainSocketAddress(file.hidden().toString()))
                    .await();
            file.show();
        } catch (IOException e) {
            throw new UncheckedIOException("can't make the control socket " + socket, e);
        }
    }

    @Override
    public void close() {
        file.remove();
        server.close().await();
    }

    private Router routes() {
        var router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        router.post("/ipvsadm").handler(this::ipvsadm);
        router.post("/sysctl").handler(this::sysctl);
        router.post("/stop").handler(this::stop);
        router.get("/status").handler(this::status);
        router.get("/plugins").handler(this::plugins);
        more.forEach(group -> group.addTo(router));
        router.errorHandler(400, ControlSocket::malformed);
        router.errorHandler(413, ControlSocket::tooLarge);
        return router;
    }

    private static void malformed(RoutingContext request) {
        request.response().setStatusCode(400).end("the query is not URL-encoded: ask POST /ipvsadm?arg=-L&arg=-n\n");
    }

    /** Hangs up as well, so that what is still to come need not be read. */
    private static void tooLarge(RoutingContext request) {
        request.response()
                .setStatusCode(413)
                .end("at most " + MAX_BODY_BYTES + " bytes are taken at once: restore the rules in parts\n")
                .onComplete(_ -> request.request().connection().close());
    }

    private void ipvsadm(RoutingContext request) {
        var words = request.queryParam("arg");
        var by = Peer.of(request, "ipvsadm");
        var body = request.body().buffer();
        var stdin = body == null ? "" : body.toString(StandardCharsets.UTF_8);
        vertx.executeBlocking(() -> ipvsadm.run(words, stdin, by), false)
                .onSuccess(output -> answer(request, output))
                .onFailure(request::fail);
    }

    private void sysctl(RoutingContext request) {
        var words = request.queryParam("arg");
        var by = Peer.of(request, "jlvs sysctl");
        vertx.executeBlocking(() -> sysctl.run(words, by), false)
                .onSuccess(output -> answer(request, output))
                .onFailure(request::fail);
    }

    private static void answer(RoutingContext request, Output output) {
        var stdout = Buffer.buffer(output.stdout());
        request.response()
                .putHeader("X-Exit-Status", Integer.toString(output.exit()))
                .putHeader("X-Stdout-Length", Integer.toString(stdout.length()))
                .end(stdout.appendString(output.stderr()));
    }

    private void stop(RoutingContext request) {
        var flush = request.queryParam("flush").contains("true");
        Audit.told(Peer.of(request, "jlvs stop"), flush ? "stop and flush" : "stop");
        vertx.executeBlocking(() -> shutdown.prepare(flush))
                .onSuccess(told -> request.response()
                        .putHeader(
                                "X-Pid", Long.toString(ProcessHandle.current().pid()))
                        .end(told + "\n")
                        .onComplete(_ -> shutdown.begin()))
                .onFailure(e -> request.response().setStatusCode(500).end(e.getMessage() + "\n"));
    }

    private void status(RoutingContext request) {
        var status = source.status();
        if (wantsJson(request)) {
            request.json(status);
        } else {
            request.end(StatusText.of(status));
        }
    }

    private void plugins(RoutingContext request) {
        var plugins = source.plugins();
        if (wantsJson(request)) {
            var list = new JsonArray();
            plugins.forEach(plugin -> list.add(new JsonObject()
                    .put("jar", plugin.jar())
                    .put("plugin", plugin.plugin())
                    .put("version", plugin.version())
                    .put("state", plugin.state().name())
                    .put("offers", new JsonArray(plugin.offers()))
                    .put("detail", plugin.detail())));
            request.json(list);
        } else {
            request.end(StatusText.of(plugins));
        }
    }

    static boolean wantsJson(RoutingContext request) {
        var accepted = request.request().getHeader("Accept");
        return accepted != null && accepted.contains(JSON);
    }
}
