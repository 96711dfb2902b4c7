package io.jlvs.engine.gateway;

import io.jlvs.api.bus.BusAddress;
import io.jlvs.engine.bus.Role;
import io.jlvs.engine.gateway.Tokens.Holder;
import io.jlvs.engine.stats.Drops;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * A way in: makes sessions of connections, {@value #MAX_SESSIONS} at most and {@value #MAX_OF_ONE} of one address, and ends
 * those that say nothing, or whose token is no longer good. To be used on the outside's loop only.
 */
public final class Gateway {

    static final int MAX_SESSIONS = 512;
    static final int MAX_OF_ONE = 64;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Common common;
    private final Terms terms;
    private final LongAdder dropped;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Map<String, Integer> ofOne = new HashMap<>();
    private JsonObject framed = new JsonObject();
    private Buffer frame = Buffer.buffer();

    /**
     * What all gateways share.
     *
     * @param inside where the commands are answered
     * @param outside the loop that all gateways run on
     * @param dropped where each gateway counts events that it did not deliver
     * @param patience how long a session may say nothing
     */
    public record Common(
            Vertx inside, Loop outside, Feed feed, Doorkeeper doorkeeper, Drops dropped, Duration patience) {

        /** For how long a session may say nothing unless a test says otherwise. */
        public static final Duration PATIENCE = Duration.ofSeconds(30);
    }

    /**
     * What tells a gateway from others.
     *
     * @param name in metrics
     * @param manner how one who comes in without a token is said to have made a change: {@code over TCP}
     * @param anonymous what one without a token may do; nothing when empty
     * @param connectionEvents how many events of connections a session gets in a second
     */
    public record Terms(String name, String manner, Dialect dialect, Optional<Role> anonymous, int connectionEvents) {}

    public Gateway(Common common, Terms terms) {
        this.common = common;
        this.terms = terms;
        this.dropped = common.dropped().of(terms.name());
        common.outside().vertx().setPeriodic(LOOK.toMillis(), _ -> look());
    }

    /** A session for a connection; none, and the connection is closed, when there are too many. */
    public Optional<Session> open(Link link) {
        if (sessions.size() >= MAX_SESSIONS || ofOne.getOrDefault(link.address(), 0) >= MAX_OF_ONE) {
            link.write(terms.dialect().refusal("too_many_connections", null).toBuffer())
                    .onComplete(_ -> link.close());
            return Optional.empty();
        }
        var session = new Session(this, link);
        sessions.add(session);
        ofOne.merge(link.address(), 1, Integer::sum);
        return Optional.of(session);
    }

    void closed(Session session, String address) {
        if (sessions.remove(session)) {
            ofOne.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    private void look() {
        List.copyOf(sessions).forEach(Session::look);
    }

    Common common() {
        return common;
    }

    Terms terms() {
        return terms;
    }

    LongAdder dropped() {
        return dropped;
    }

    /** An event as a frame. It is told to one session after the other, and made once for all of them. */
    @SuppressWarnings("ReferenceEquality") // the same event, not an equal one
    Buffer frame(BusAddress address, JsonObject event) {
        if (event != framed) {
            framed = event;
            frame = terms.dialect().event(address.address(), event).toBuffer();
        }
        return frame;
    }

    /** What a session may do. */
    Optional<Role> role(Optional<Holder> holder) {
        return holder.map(Holder::role).or(terms::anonymous);
    }

    /** Who it is that makes a change, for the log and those who are told of it. */
    String by(Optional<Holder> holder, String address) {
        return holder.map(known -> known.name() + " with a token, " + terms.manner() + " from " + address)
                .orElse(address + " " + terms.manner());
    }
}
