package io.jlvs.engine.live;

import io.jlvs.api.ServerId;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRequested;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Real servers that could not be reached the last time it was tried, where a data path tells so. For any thread. */
final class Unreachable {

    private final Set<ServerId> servers = ConcurrentHashMap.newKeySet();

    void on(ConnectionEvent event) {
        switch (event) {
            case ConnectionRequested asked ->
                asked.unreachable().forEach(server -> servers.add(new ServerId(asked.service(), server)));
            case ConnectionOpened opened -> servers.remove(new ServerId(opened.service(), opened.server()));
            default -> {}
        }
    }

    boolean contains(ServerId server) {
        return servers.contains(server);
    }

    /** Forgets all others. */
    void retain(Predicate<ServerId> wanted) {
        servers.removeIf(wanted.negate());
    }
}
