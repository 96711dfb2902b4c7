package io.jlvs.engine.schedule;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.jlvs.api.Persistence;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The persistence templates of one service: which server a client, or its network, was given before. */
final class Templates {

    private static final int MAX_CLIENTS = 1_000_000;

    private final Persistence persistence;
    private final Cache<InetAddress, PooledServer> servers;

    Templates(Persistence persistence, Ticker ticker) {
        this.persistence = persistence;
        this.servers = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofSeconds(persistence.timeoutSeconds()))
                .maximumSize(MAX_CLIENTS)
                .executor(Runnable::run)
                .ticker(ticker)
                .build();
    }

    Persistence persistence() {
        return persistence;
    }

    @Nullable
    PooledServer find(InetAddress client) {
        return servers.getIfPresent(persistence.mask(client));
    }

    /** Remembers the server, or renews the time of what is remembered: each new connection does. */
    void remember(InetAddress client, PooledServer server) {
        servers.put(persistence.mask(client), server);
    }
}
