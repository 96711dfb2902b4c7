package io.jlvs.api.testing;

import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A fixed list of servers, the newest first; {@link #eligible} follows their figures.
 *
 * @param flags the flags of the service
 */
public record FakePool(List<FakeServer> all, Set<SchedulerFlag> flags) implements ServerPool {

    public FakePool {
        all = List.copyOf(all);
        flags = Set.copyOf(flags);
    }

    /** A pool of a service without flags, the newest first. */
    public static FakePool of(FakeServer... newestFirst) {
        return new FakePool(List.of(newestFirst), Set.of());
    }

    /** The pool after a server was added. */
    public FakePool with(FakeServer server) {
        return new FakePool(Stream.concat(Stream.of(server), all.stream()).toList(), flags);
    }

    /** The pool after a server was removed. */
    public FakePool without(FakeServer server) {
        return new FakePool(all.stream().filter(s -> s != server).toList(), flags);
    }

    @Override
    public ServiceKey service() {
        return ServiceKey.tcp("10.0.0.100", 80);
    }

    @Override
    public List<FakeServer> eligible() {
        return all.stream().filter(Server::eligible).toList();
    }
}
