package io.jlvs.engine.schedule;

import io.jlvs.engine.stats.RemotePicks;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** The siblings of a director that has none. */
final class Nobody {

    private Nobody() {}

    static Siblings siblings() {
        return new Siblings(
                _ -> (address, _) -> CompletableFuture.failedFuture(new IllegalStateException(address)),
                new RemotePicks(),
                _ -> {},
                InstantSource.system());
    }
}
