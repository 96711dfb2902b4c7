package io.jlvs.api;

import org.jspecify.annotations.Nullable;

/**
 * A change of the desired state, whoever asks for it: ipvsadm, the event bus, a file. Edits replace the whole record, as
 * in IPVS.
 */
public sealed interface Command {

    record AddService(VirtualService service) implements Command {}

    /** Real servers stay. The same scheduler goes on where it was; another one starts anew. */
    record EditService(VirtualService service) implements Command {}

    /** Real servers go with it; connections drain. */
    record DeleteService(ServiceKey service) implements Command {}

    /** The server goes to the head of the list. */
    record AddServer(ServiceKey service, RealServer server) implements Command {}

    /** The server keeps its place in the list. */
    record EditServer(ServiceKey service, RealServer server) implements Command {}

    record DeleteServer(ServiceKey service, Endpoint server) implements Command {}

    /** Deletes all services. */
    record Clear() implements Command {}

    /** Sets a new zero point for the counters that listings show: of one service and its servers, or of all. */
    record Zero(@Nullable ServiceKey service) implements Command {}
}
