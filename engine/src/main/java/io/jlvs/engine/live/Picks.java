package io.jlvs.engine.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.event.ConnectionScheduled;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.Optional;

/** The last picks, so that it can be told how a connection came to its server. For any thread. */
public final class Picks {

    static final int REMEMBERED = 10_000;

    private final Cache<Key, ConnectionScheduled> last =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private record Key(ServiceKey service, Endpoint client) {}

    /** Remembers one. */
    public void on(ConnectionScheduled event) {
        last.put(new Key(event.service(), event.flow().client()), event);
    }

    /** The pick for a connection of a client. */
    Optional<ConnectionScheduled> of(ServiceKey service, Endpoint client) {
        return Optional.ofNullable(last.getIfPresent(new Key(service, client)));
    }

    /** The last pick for any connection of a client. */
    Optional<ConnectionScheduled> of(ServiceKey service, InetAddress client) {
        return last.asMap().values().stream()
                .filter(pick -> pick.service().equals(service)
                        && pick.flow().client().address().equals(client))
                .max(Comparator.comparingLong(ConnectionScheduled::at));
    }
}
