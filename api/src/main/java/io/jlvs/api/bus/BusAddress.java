package io.jlvs.api.bus;

/**
 * The public addresses of the event bus. Commands take a request and give a reply; events are published. Payloads are
 * JSON; the schema of each is a resource beside this class, {@link #schema()}.
 */
public enum BusAddress {
    SERVICE_ADD("jlvs.service.add", "service"),
    SERVICE_EDIT("jlvs.service.edit", "service"),
    SERVICE_DELETE("jlvs.service.delete", "service-reference"),
    SERVICE_ZERO("jlvs.service.zero", "optional-service-reference"),
    SERVICE_LIST("jlvs.service.list", "optional-service-reference"),
    SERVICE_CLEAR("jlvs.service.clear", "empty"),
    SERVER_ADD("jlvs.server.add", "server"),
    SERVER_EDIT("jlvs.server.edit", "server"),
    SERVER_DELETE("jlvs.server.delete", "server-reference"),
    PLUGIN_LIST("jlvs.plugin.list", "empty"),
    STATUS("jlvs.status", "empty"),
    SERVICE_LIVE("jlvs.service.live", "service-reference"),
    SERVICE_SEARCH("jlvs.service.search", "service-search"),
    CONNECTION_LIST("jlvs.connection.list", "connection-list"),
    CONNECTION_EXPLAIN("jlvs.connection.explain", "connection-explain"),
    CHANGE_PREVIEW("jlvs.change.preview", "change-preview"),
    LIVE("jlvs.live", "live"),
    /** Where the director asks and a sibling answers: {@code pick-answer.json}. Or an address below it, {@code jlvs.pick.*}. */
    PICK("jlvs.pick", "pick"),
    EVENT_CONNECTION("jlvs.event.connection", "connection-event"),
    EVENT_CONFIGURATION("jlvs.event.configuration", "configuration-event"),
    EVENT_PLUGIN("jlvs.event.plugin", "plugin-event"),
    EVENT_DIRECTOR("jlvs.event.director", "director-event");

    private final String address;
    private final String schema;

    BusAddress(String address, String schema) {
        this.address = address;
        this.schema = schema;
    }

    /** The address on the bus, such as {@code jlvs.service.add}. */
    public String address() {
        return address;
    }

    /** The resource with the payload's JSON Schema (draft 2020-12), such as {@code /io/jlvs/api/bus/service.json}. */
    public String schema() {
        return "/io/jlvs/api/bus/" + schema + ".json";
    }
}
