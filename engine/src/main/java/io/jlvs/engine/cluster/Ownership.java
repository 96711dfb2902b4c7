package io.jlvs.engine.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who holds the addresses: the oldest member here, on a side with at least half of all members. A side with fewer leaves
 * them to the other one; two halves that do not see each other both serve, as VRRP routers would, for with two directors
 * nobody can tell a dead one from one that is cut off. Who is owner stays it until it goes.
 */
final class Ownership {

    private Ownership() {}

    /**
     * @param present who is here, the oldest first
     * @param members all members
     * @return empty when this side leaves the addresses to the other one
     */
    static Optional<String> owner(List<String> present, Set<String> members) {
        var here = present.stream().filter(members::contains).toList();
        return 2 * here.size() >= members.size() ? here.stream().findFirst() : Optional.empty();
    }
}
