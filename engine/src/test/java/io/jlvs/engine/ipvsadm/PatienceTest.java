package io.jlvs.engine.ipvsadm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofDays(1);

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void letGo() {
        end.countDown();
    }

    @Test
    void passesAnAnswerOn() {
        assertThat(new Patience(LONG, LONG).<String>ask(() -> "rs1.example")).isEqualTo("rs1.example");
    }

    @Test
    void hasNoAnswerWhenAskingFails() {
        var patience = new Patience(LONG, LONG);

        assertThat(patience.<String>ask(() -> {
                    throw new IOException("no such host");
                }))
                .isNull();
        assertThat(patience.<String>ask(() -> "rs1.example")).isEqualTo("rs1.example");
    }

    @Test
    void givesUpWhoDoesNotAnswerAndDoesNotAskAgain() {
        var patience = new Patience(SHORT, LONG);

        assertThat(patience.<String>ask(this::never)).isNull();
        assertThat(patience.<String>ask(this::never)).isNull();

        assertThat(asked).hasValue(1);
    }

    @Test
    void asksAgainAfterTheSilence() {
        var patience = new Patience(SHORT, Duration.ZERO);

        assertThat(patience.<String>ask(this::never)).isNull();
        assertThat(patience.<String>ask(this::never)).isNull();

        assertThat(asked).hasValue(2);
    }

    private String never() throws InterruptedException {
        asked.incrementAndGet();
        end.await();
        return "too late";
    }
}
