package io.jlvs.scheduler.locality;

import io.jlvs.api.spi.Server;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The servers of one virtual address, the last to join first. For one thread. */
final class ServerSet {

    private final List<Server> members = new ArrayList<>();
    private long changedAt;

    /** @param now ns */
    ServerSet(long now) {
        changedAt = now;
    }

    /** The least loaded of those that may get a connection. */
    @Nullable
    Server least() {
        return Load.least(members.stream().filter(Server::eligible).toList());
    }

    void add(Server server, long now) {
        if (!members.contains(server)) {
            members.addFirst(server);
            changedAt = now;
        }
    }

    /** Removes the most loaded of several. */
    void shrink(long now) {
        var most =
                Load.most(members.stream().filter(server -> server.weight() > 0).toList());
        if (members.size() > 1 && most != null) {
            members.remove(most);
            changedAt = now;
        }
    }

    /** Keeps those that are still there. */
    ServerSet retain(List<? extends Server> there) {
        members.retainAll(there);
        return this;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** ns. */
    long changedAt() {
        return changedAt;
    }
}
