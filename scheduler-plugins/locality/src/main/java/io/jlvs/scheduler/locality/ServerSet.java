package io.jlvs.scheduler.locality;

import io.jlvs.api.Endpoint;
import io.jlvs.api.spi.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one virtual address, the last to join first. One that leaves the service stays a member for when it
 * returns. For one thread.
 */
final class ServerSet {

    private final List<Endpoint> members = new ArrayList<>();
    private long changedAt;

    /** @param now ns */
    ServerSet(long now) {
        changedAt = now;
    }

    /** The least loaded of those that may get a connection. */
    @Nullable
    Server least(Map<Endpoint, Server> there) {
        return Load.least(membersAmong(there).filter(Server::eligible).toList());
    }

    void add(Server server, long now) {
        if (!members.contains(server.endpoint())) {
            members.addFirst(server.endpoint());
            changedAt = now;
        }
    }

    /** Removes the most loaded of several. */
    void shrink(Map<Endpoint, Server> there, long now) {
        var most = Load.most(
                membersAmong(there).filter(server -> server.weight() > 0).toList());
        if (members.size() > 1 && most != null) {
            members.remove(most.endpoint());
            changedAt = now;
        }
    }

    private Stream<Server> membersAmong(Map<Endpoint, Server> there) {
        return members.stream().flatMap(member -> Stream.ofNullable(there.get(member)));
    }

    /** ns. */
    long changedAt() {
        return changedAt;
    }
}
