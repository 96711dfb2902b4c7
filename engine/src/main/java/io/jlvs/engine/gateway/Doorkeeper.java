package io.jlvs.engine.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jlvs.engine.gateway.Tokens.Holder;
import io.jlvs.engine.log.Audit;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Looks at tokens. After {@value #FREE} wrong ones from an address it looks at no more from there for a second, after each
 * further one for twice as long, up to five minutes; a quarter of an hour without any, and all is forgotten.
 */
public final class Doorkeeper {

    static final int FREE = 5;
    private static final Duration FORGOTTEN = Duration.ofMinutes(15);
    private static final long LONGEST_SECONDS = Duration.ofMinutes(5).toSeconds();
    private static final int ADDRESSES = 10_000;

    private final Tokens tokens;
    private final InstantSource clock;
    private final Cache<String, Wrong> wrong = Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterWrite(FORGOTTEN)
            .build();

    private record Wrong(int count, long untilMillis) {

        static final Wrong NONE = new Wrong(0, 0);

        /** One more. */
        Wrong at(long millis) {
            var seconds = count < FREE - 1 ? 0 : Math.min(LONGEST_SECONDS, 1L << Math.min(30, count + 1 - FREE));
            return new Wrong(count + 1, millis + Duration.ofSeconds(seconds).toMillis());
        }
    }

    /** What becomes of one who shows a token. */
    sealed interface Answer {

        record Welcome(Holder holder) implements Answer {}

        /** @param word {@code wrong_token} or {@code too_many_wrong_tokens} */
        record Refusal(String word) implements Answer {}
    }

    public Doorkeeper(Tokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** @param address where the token comes from, without the port */
    Answer look(String token, String address) {
        var before = wrong.get(address, _ -> Wrong.NONE);
        var now = clock.millis();
        if (now < before.untilMillis()) {
            return new Answer.Refusal("too_many_wrong_tokens");
        }
        return tokens.find(token).<Answer>map(Answer.Welcome::new).orElseGet(() -> {
            var after = before.at(now);
            wrong.put(address, after);
            Audit.refused(address, "a wrong token, " + after.count() + " within " + FORGOTTEN.toMinutes() + " minutes");
            return new Answer.Refusal("wrong_token");
        });
    }

    /** Whether a holder may stay. */
    boolean isGood(Holder holder) {
        return tokens.isGood(holder);
    }

    /** Looks from now on every second whether others have tokens. */
    public void watch(Vertx vertx) {
        vertx.setPeriodic(
                1000,
                _ -> vertx.executeBlocking(
                        () -> {
                            tokens.refresh();
                            return true;
                        },
                        false));
    }
}
