package io.jlvs.engine.bus;

import io.jlvs.api.bus.BusAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What who comes in by a gateway may do on the event bus. What is not listed here is open to nobody outside: among it all
 * that is internal, and {@code jlvs.service.clear}, a single message that would end everything.
 */
public enum Role {
    /** Asks and is told. */
    OBSERVER,
    /** Changes services and real servers as well. */
    OPERATOR;

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

    private static final Map<String, BusAddress> BY_NAME =
            Arrays.stream(BusAddress.values()).collect(Collectors.toMap(BusAddress::address, Function.identity()));

    /** Whether it may send requests there: to an address such as {@code jlvs.status}. */
    public boolean mayAsk(String address) {
        var known = BY_NAME.get(address);
        return ASKED.contains(known) || (this == OPERATOR && CHANGED.contains(known));
    }

    /** Whether it may listen there and answer: at {@code jlvs.pick} and below it, where the director asks for servers. */
    public boolean mayAnswer(String address) {
        var pick = BusAddress.PICK.address();
        return this == OPERATOR && (address.equals(pick) || address.startsWith(pick + "."));
    }

    /** The address of this name, if every role is told what is published there; else null. */
    public static @Nullable BusAddress told(@Nullable String address) {
        var known = BY_NAME.get(address);
        return TOLD.contains(known) ? known : null;
    }
}
