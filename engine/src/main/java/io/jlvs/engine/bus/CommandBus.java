package io.jlvs.engine.bus;

import io.jlvs.api.CommandException;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.bus.ApiVersion;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.json.CommandJson;
import io.jlvs.engine.registry.Registry;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the commands of {@link BusAddress} from the event bus: request a JSON payload, get a JSON reply. A change replies
 * {@code {"version": n}} once it is on disk. What is refused fails with {@link ErrorCode#number()} and the message
 * {@code CODE: text}; failure code 0 is an error of the director itself. Commands are carried out in the order of their
 * arrival.
 */
public final class CommandBus implements Deployable {

    private static final Logger LOG = LoggerFactory.getLogger(CommandBus.class);

    /** The header by which a bridge says for whom it asks. */
    public static final String BY = "jlvs-by";

    private final Registry registry;
    private final Map<BusAddress, Function<JsonObject, JsonObject>> queries;
    private final Schemas schemas = new Schemas();

    /** @param queries who answers what changes nothing, by address */
    public CommandBus(Registry registry, Map<BusAddress, Function<JsonObject, JsonObject>> queries) {
        this.registry = registry;
        this.queries = Map.copyOf(queries);
    }

    /** Deploys it where blocking is allowed. Undeploying it closes the addresses. */
    public static Future<String> deploy(Vertx vertx, CommandBus bus) {
        return vertx.deployVerticle(bus, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD));
    }

    @Override
    public Future<?> deploy(Context context) {
        for (var address : BusAddress.values()) {
            switch (address.kind()) {
                case COMMAND -> consume(context, address, this::change);
                case QUERY -> {
                    var answer = queries.get(address);
                    if (answer != null) {
                        consume(context, address, query(answer));
                    }
                }
                case EVENT, QUESTION -> {}
            }
        }
        return Future.succeededFuture();
    }

    private void consume(Context context, BusAddress address, Handling handling) {
        context.owner()
                .eventBus()
                .consumer(
                        address.address(),
                        (Message<Object> message) -> answer(message, () -> {
                            requireVersion(message);
                            handling.handle(message, address, payload(address, message.body()));
                        }));
    }

    private static void requireVersion(Message<?> message) {
        var asked = message.headers().get(ApiVersion.HEADER);
        if (asked != null && !asked.equals(ApiVersion.MAJOR)) {
            throw new CommandException(
                    ErrorCode.OTHER_VERSION,
                    "the request has the header %s '%s', this director's is '%s' (%s): use a client of that version"
                            .formatted(ApiVersion.HEADER, asked, ApiVersion.MAJOR, ApiVersion.CURRENT));
        }
    }

    private void change(Message<?> message, BusAddress address, JsonObject payload) {
        registry.execute(by(message), CommandJson.command(address, payload));
        var version = registry.current().version();
        Thread.startVirtualThread(() -> answer(message, () -> {
            registry.awaitSaved();
            message.reply(JsonObject.of("version", version));
        }));
    }

    /** The bridges say who asks; another service on the bus is only known as such. */
    private static String by(Message<?> message) {
        var by = message.headers().get(BY);
        return by == null ? "the event bus" : by;
    }

    private static Handling query(Function<JsonObject, JsonObject> reader) {
        return (message, _, payload) -> message.reply(reader.apply(payload));
    }

    private JsonObject payload(BusAddress address, @Nullable Object body) {
        if (!(body instanceof JsonObject payload)) {
            throw new IllegalArgumentException("$: expected an object, found " + body);
        }
        var errors = schemas.errors(address, payload);
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", errors));
        }
        return payload;
    }

    private static void answer(Message<?> message, Runnable work) {
        try {
            work.run();
        } catch (CommandException e) {
            fail(message, e.code(), e);
        } catch (IllegalArgumentException e) {
            fail(message, ErrorCode.INVALID, e);
        } catch (RuntimeException e) {
            LOG.error("{} failed", message.address(), e);
            message.fail(0, "INTERNAL: " + e);
        }
    }

    private static void fail(Message<?> message, ErrorCode code, RuntimeException e) {
        message.fail(code.number(), code + ": " + e.getMessage());
    }

    /** Answers a message whose payload is what its schema says. */
    private interface Handling {
        void handle(Message<?> message, BusAddress address, JsonObject payload);
    }
}
