package io.jlvs.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // a clock of nanoseconds may overflow
    private final Breaker breaker = new Breaker(now::get);

    @Test
    void letsEverybodyAskWhileFailuresAreNotInARow() {
        for (int i = 0; i < 100; i++) {
            for (int failure = 1; failure < Breaker.FAILURES; failure++) {
                assertThat(breaker.failed()).isFalse();
            }
            assertThat(breaker.succeeded()).isFalse();
        }

        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void opensWithTheLastOfSomeFailuresInARowAndSaysSoOnce() {
        assertThat(open()).containsOnlyOnce(true).endsWith(true);

        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.lets()).isFalse();
    }

    @Test
    void letsOneTryInEachPause() {
        open();
        now.addAndGet(Breaker.PAUSE.toNanos());

        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isFalse();

        breaker.failed();
        now.addAndGet(Breaker.PAUSE.toNanos());
        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void closesWithTheFirstAnswer() {
        open();

        assertThat(breaker.succeeded()).isTrue();

        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.failed()).isFalse();
    }

    private boolean[] open() {
        var told = new boolean[Breaker.FAILURES];
        for (int i = 0; i < told.length; i++) {
            told[i] = breaker.failed();
        }
        return told;
    }
}
