package io.jlvs.api.client;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.bus.ApiVersion;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.json.CommandJson;
import io.jlvs.api.json.ModelJson;
import io.jlvs.api.json.ReportJson;
import io.jlvs.api.report.DirectorReport;
import io.jlvs.api.report.LiveService;
import io.jlvs.api.report.ServiceReport;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Asks directors and hears from them, over an event bus of Vert.x that they are on. Immutable, for any thread; never blocks.
 *
 * <p>What a director refuses fails with {@link CommandException}. So does a request that nobody has answered in time, with
 * {@link ErrorCode#NOT_KNOWN}: a change may have been made. Other failures stay {@link ReplyException}: nobody on the bus
 * has the address ({@link ReplyFailure#NO_HANDLERS}), an error of the director itself (failure code 0), or an error code
 * that only a newer API has.
 */
public final class JlvsClient {

    private static final DeliveryOptions REQUEST = new DeliveryOptions().addHeader(ApiVersion.HEADER, ApiVersion.MAJOR);

    private final EventBus bus;
    private final Optional<String> director;

    private JlvsClient(EventBus bus, Optional<String> director) {
        this.bus = bus;
        this.director = director;
    }

    /** Asks any director: each request goes to one of them, in turn. */
    public static JlvsClient of(EventBus bus) {
        return new JlvsClient(bus, Optional.empty());
    }

    /** The same for one director of a clustered bus. */
    public JlvsClient at(String name) {
        return new JlvsClient(bus, Optional.of(name));
    }

    /** All virtual services, in the order of their making. */
    public Future<List<ServiceReport>> services() {
        return request(BusAddress.SERVICE_LIST, new JsonObject()).map(ReportJson::services);
    }

    /** One virtual service. */
    public Future<ServiceReport> service(ServiceKey key) {
        return request(BusAddress.SERVICE_LIST, ModelJson.toJson(key))
                .map(ReportJson::services)
                .map(List::getFirst);
    }

    /** What goes on at a virtual service now, as the director asked sees it. */
    public Future<LiveService> live(ServiceKey key) {
        return request(BusAddress.SERVICE_LIVE, ModelJson.toJson(key)).map(ReportJson::live);
    }

    /** What the director asked is. */
    public Future<DirectorReport> status() {
        return request(BusAddress.STATUS, new JsonObject()).map(ReportJson::director);
    }

    public Future<Long> addService(VirtualService service) {
        return execute(new Command.AddService(service));
    }

    public Future<Long> editService(VirtualService service) {
        return execute(new Command.EditService(service));
    }

    public Future<Long> deleteService(ServiceKey service) {
        return execute(new Command.DeleteService(service));
    }

    public Future<Long> addServer(ServiceKey service, RealServer server) {
        return execute(new Command.AddServer(service, server));
    }

    public Future<Long> editServer(ServiceKey service, RealServer server) {
        return execute(new Command.EditServer(service, server));
    }

    public Future<Long> deleteServer(ServiceKey service, Endpoint server) {
        return execute(new Command.DeleteServer(service, server));
    }

    /** Lets the counters in listings begin at zero again. */
    public Future<Long> zero(ServiceKey service) {
        return execute(new Command.Zero(service));
    }

    /**
     * Changes the desired state.
     *
     * @return the version that it has then, once it is on disk
     */
    public Future<Long> execute(Command command) {
        return request(CommandJson.address(command), CommandJson.payload(command))
                .map(ReportJson::version);
    }

    /**
     * Hears all events: of connections, configuration, plugins and directors; those of one director if it was chosen.
     *
     * @param handler called on an event loop, and must not block it
     * @return what ends it again
     */
    public Subscription onEvents(Consumer<Told> handler) {
        return Subscription.begin(
                bus,
                Stream.of(BusAddress.values())
                        .filter(address -> address.address().startsWith("jlvs.event.")),
                told -> {
                    if (director.isEmpty() || director.get().equals(told.director())) {
                        handler.accept(told);
                    }
                });
    }

    private Future<JsonObject> request(BusAddress address, JsonObject payload) {
        var place = director.map(address::at).orElse(address.address());
        return bus.<JsonObject>request(place, payload, REQUEST)
                .map(Message::body)
                .recover(failure -> Future.failedFuture(refusal(failure)));
    }

    private static Throwable refusal(Throwable failure) {
        if (!(failure instanceof ReplyException reply)) {
            return failure;
        }
        if (reply.failureType() == ReplyFailure.TIMEOUT) {
            return new CommandException(ErrorCode.NOT_KNOWN, "no director has answered in time", reply);
        }
        return Stream.of(ErrorCode.values())
                .filter(code ->
                        reply.failureType() == ReplyFailure.RECIPIENT_FAILURE && code.number() == reply.failureCode())
                .findFirst()
                .<Throwable>map(code -> new CommandException(code, withoutCode(code, reply), reply))
                .orElse(reply);
    }

    private static String withoutCode(ErrorCode code, ReplyException reply) {
        var message = String.valueOf(reply.getMessage());
        var prefix = code + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }
}
