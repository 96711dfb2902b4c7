package io.jlvs.api.bus;

import static io.jlvs.api.ErrorCode.DATA_PATH;
import static io.jlvs.api.ErrorCode.INVALID;
import static io.jlvs.api.ErrorCode.NOT_KNOWN;
import static io.jlvs.api.ErrorCode.NOT_SAVED;
import static io.jlvs.api.ErrorCode.NO_MAJORITY;
import static io.jlvs.api.ErrorCode.NO_SUCH_MODE;
import static io.jlvs.api.ErrorCode.NO_SUCH_SCHEDULER;
import static io.jlvs.api.ErrorCode.NO_SUCH_SERVER;
import static io.jlvs.api.ErrorCode.NO_SUCH_SERVICE;
import static io.jlvs.api.ErrorCode.OTHER_VERSION;
import static io.jlvs.api.ErrorCode.SERVER_EXISTS;
import static io.jlvs.api.ErrorCode.SERVICE_EXISTS;
import static io.jlvs.api.ErrorCode.UNSUPPORTED;

import io.jlvs.api.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The public addresses of the event bus. Payloads and replies are JSON; the schema of each is a resource beside this
 * class. {@code docs/event-bus.md} is made from what is said here and there.
 */
public enum BusAddress {
    SERVICE_ADD(
            "jlvs.service.add",
            Kind.COMMAND,
            Scope.CLUSTER,
            "Makes a virtual service, without real servers.",
            "service",
            SERVICE_EXISTS,
            NO_SUCH_SCHEDULER,
            UNSUPPORTED,
            DATA_PATH),
    SERVICE_EDIT(
            "jlvs.service.edit",
            Kind.COMMAND,
            Scope.CLUSTER,
            "Replaces the whole record of a virtual service; its real servers stay.",
            "service",
            NO_SUCH_SERVICE,
            NO_SUCH_SCHEDULER,
            NO_SUCH_MODE,
            UNSUPPORTED,
            DATA_PATH),
    SERVICE_DELETE(
            "jlvs.service.delete",
            Kind.COMMAND,
            Scope.CLUSTER,
            "Deletes a virtual service and its real servers.",
            "service-reference",
            NO_SUCH_SERVICE,
            DATA_PATH),
    SERVICE_ZERO(
            "jlvs.service.zero",
            Kind.COMMAND,
            Scope.CLUSTER,
            "Lets the counters in listings begin at zero again, of one virtual service or of all.",
            "optional-service-reference",
            NO_SUCH_SERVICE),
    SERVICE_LIST(
            "jlvs.service.list",
            Kind.QUERY,
            Scope.CLUSTER,
            "Lists virtual services and their real servers, in the order of their making, with the figures of the director asked.",
            "optional-service-reference",
            "services",
            NO_SUCH_SERVICE),
    SERVICE_CLEAR(
            "jlvs.service.clear", Kind.COMMAND, Scope.CLUSTER, "Deletes all virtual services.", "empty", DATA_PATH),
    SERVER_ADD(
            "jlvs.server.add",
            Kind.COMMAND,
            Scope.CLUSTER,
            "Adds a real server to a virtual service.",
            "server",
            NO_SUCH_SERVICE,
            SERVER_EXISTS,
            NO_SUCH_MODE,
            UNSUPPORTED,
            DATA_PATH),
    SERVER_EDIT(
            "jlvs.server.edit",
            Kind.COMMAND,
            Scope.CLUSTER,
            "Replaces the whole record of a real server; weight 0 quiesces it.",
            "server",
            NO_SUCH_SERVICE,
            NO_SUCH_SERVER,
            NO_SUCH_MODE,
            UNSUPPORTED,
            DATA_PATH),
    SERVER_DELETE(
            "jlvs.server.delete",
            Kind.COMMAND,
            Scope.CLUSTER,
            "Takes a real server out of a virtual service.",
            "server-reference",
            NO_SUCH_SERVICE,
            NO_SUCH_SERVER,
            DATA_PATH),
    PLUGIN_LIST(
            "jlvs.plugin.list",
            Kind.QUERY,
            Scope.DIRECTOR,
            "Lists the plugin jars, and the schedulers and forwarding modes that services can use now.",
            "empty",
            "plugins"),
    STATUS(
            "jlvs.status",
            Kind.QUERY,
            Scope.DIRECTOR,
            "Tells what the director is: its version, that of the API, its data path.",
            "empty",
            "status"),
    SERVICE_LIVE(
            "jlvs.service.live",
            Kind.QUERY,
            Scope.DIRECTOR,
            "Tells what goes on at one virtual service now.",
            "service-reference",
            "service-live",
            NO_SUCH_SERVICE),
    SERVICE_SEARCH(
            "jlvs.service.search",
            Kind.QUERY,
            Scope.DIRECTOR,
            "Finds virtual services by words and tells what goes on at the first 30.",
            "service-search",
            "services-found"),
    CONNECTION_LIST(
            "jlvs.connection.list",
            Kind.QUERY,
            Scope.DIRECTOR,
            "Lists connections of a virtual service; the data path `user` keeps no list.",
            "connection-list",
            "connections",
            NO_SUCH_SERVICE),
    CONNECTION_EXPLAIN(
            "jlvs.connection.explain",
            Kind.QUERY,
            Scope.DIRECTOR,
            "Explains why a client of a virtual service went where it went.",
            "connection-explain",
            "explanation",
            NO_SUCH_SERVICE),
    CHANGE_PREVIEW(
            "jlvs.change.preview",
            Kind.QUERY,
            Scope.DIRECTOR,
            "Tells what a change would do to connections and to new clients, and changes nothing.",
            "change-preview",
            "preview"),
    LIVE(
            "jlvs.live",
            Kind.EVENT,
            Scope.DIRECTOR,
            "What goes on now: every 500 ms while somebody listens, less often where a picture takes long.",
            "live"),
    /** Or an address below it, {@code jlvs.pick.*}. */
    PICK(
            "jlvs.pick",
            Kind.QUESTION,
            Scope.DIRECTOR,
            "Asks a sibling which server gets a new connection, for services with the scheduler `remote`.",
            "pick",
            "pick-answer"),
    EVENT_CONNECTION(
            "jlvs.event.connection",
            Kind.EVENT,
            Scope.DIRECTOR,
            "A step in the life of a connection; over gateways at most 50 a second.",
            "connection-event"),
    EVENT_CONFIGURATION(
            "jlvs.event.configuration",
            Kind.EVENT,
            Scope.DIRECTOR,
            "The desired state was changed and taken by this director's data path.",
            "configuration-event"),
    EVENT_PLUGIN(
            "jlvs.event.plugin",
            Kind.EVENT,
            Scope.DIRECTOR,
            "Something happened to a plugin jar or to what it offers.",
            "plugin-event"),
    EVENT_DIRECTOR(
            "jlvs.event.director",
            Kind.EVENT,
            Scope.DIRECTOR,
            "Something happened to the director itself.",
            "director-event");

    /** What is done with an address. */
    public enum Kind {
        /** Changes the desired state: request and reply. The reply comes when the change is on disk. */
        COMMAND(INVALID, OTHER_VERSION, NOT_SAVED, NO_MAJORITY, NOT_KNOWN),
        /** Changes nothing: request and reply. */
        QUERY(INVALID, OTHER_VERSION),
        /** Published by the director. */
        EVENT,
        /** Asked by the director, answered by a sibling. */
        QUESTION;

        @SuppressWarnings("ImmutableEnumChecker") // the list is, its type can't say so
        private final List<ErrorCode> errors;

        Kind(ErrorCode... errors) {
            this.errors = List.of(errors);
        }
    }

    /** Whom it concerns where several directors are one cluster. */
    public enum Scope {
        /** The answer or event is of one director alone. */
        DIRECTOR,
        /** Any director may be asked: the desired state is the same on all. */
        CLUSTER
    }

    private final String address;
    private final Kind kind;
    private final Scope scope;
    private final String about;
    private final String payload;
    private final Optional<String> reply;

    @SuppressWarnings("ImmutableEnumChecker") // the list is, its type can't say so
    private final List<ErrorCode> errors;

    /** A command is answered with the version that it has made; an event is not answered. */
    BusAddress(String address, Kind kind, Scope scope, String about, String payload, ErrorCode... errors) {
        this(address, kind, scope, about, payload, kind == Kind.COMMAND ? "changed" : "", errors);
    }

    BusAddress(
            String address, Kind kind, Scope scope, String about, String payload, String reply, ErrorCode... errors) {
        this.address = address;
        this.kind = kind;
        this.scope = scope;
        this.about = about;
        this.payload = resource(payload);
        this.reply = reply.isEmpty() ? Optional.empty() : Optional.of(resource(reply));
        this.errors =
                Stream.concat(kind.errors.stream(), Stream.of(errors)).sorted().toList();
    }

    /** The address on the bus, such as {@code jlvs.service.add}. */
    public String address() {
        return address;
    }

    /** The address {@code jlvs.service.add@NAME} of one director, known on clustered buses. */
    public String at(String director) {
        return address + "@" + director;
    }

    public Kind kind() {
        return kind;
    }

    public Scope scope() {
        return scope;
    }

    /** What it is for, in one sentence. */
    public String about() {
        return about;
    }

    /** The resource with the payload's JSON Schema (draft 2020-12), such as {@code /io/jlvs/api/bus/service.json}. */
    public String schema() {
        return payload;
    }

    /** The resource with the reply's JSON Schema; none for an event. */
    public Optional<String> reply() {
        return reply;
    }

    /** What a request may be refused with, in the order of their numbers. */
    public List<ErrorCode> errors() {
        return errors;
    }

    private static String resource(String schema) {
        return "/io/jlvs/api/bus/" + schema + ".json";
    }
}
