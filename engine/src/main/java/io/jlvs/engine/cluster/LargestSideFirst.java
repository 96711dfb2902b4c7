package io.jlvs.engine.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.Membership;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.MembershipChangePolicy;
import org.jgroups.util.ExtendedUUID;

/**
 * The order of members after a partition has healed: the oldest of the largest side comes first, so that the owner of the
 * addresses stays the owner; of sides as large as each other, that of the director that started first. Joining and leaving
 * go by age.
 */
final class LargestSideFirst implements MembershipChangePolicy {

    private static final Comparator<Collection<Address>> LARGEST =
            Comparator.<Collection<Address>>comparingInt(Collection::size).reversed();

    private static final byte[] STARTED = "started".getBytes(StandardCharsets.US_ASCII);

    private final MembershipChangePolicy byAge = new GMS.DefaultMembershipPolicy();

    @Override
    public List<Address> getNewMembership(
            Collection<Address> current,
            Collection<Address> joiners,
            Collection<Address> leavers,
            Collection<Address> suspects) {
        return byAge.getNewMembership(current, joiners, leavers, suspects);
    }

    @Override
    public List<Address> getNewMembership(Collection<Collection<Address>> sides) {
        var all = new Membership();
        sides.stream()
                .sorted(LARGEST.thenComparingLong(
                        side -> started(side.iterator().next())))
                .forEach(all::add);
        return all.getMembers();
    }

    /** An address that says when its director started, in milliseconds since 1970. */
    static ExtendedUUID address(String name, long started) {
        return ExtendedUUID.randomUUID(name)
                .put(STARTED, ByteBuffer.allocate(Long.BYTES).putLong(started).array());
    }

    private static long started(Address address) {
        var bytes = address instanceof ExtendedUUID known ? known.get(STARTED) : null;
        return bytes == null ? Long.MAX_VALUE : ByteBuffer.wrap(bytes).getLong();
    }
}
