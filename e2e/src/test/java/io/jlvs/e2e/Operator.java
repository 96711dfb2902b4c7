package io.jlvs.e2e;

import java.time.Duration;
import java.util.function.IntConsumer;

/** Someone who changes a weight now and then. */
final class Operator implements AutoCloseable {

    private static final int[] WEIGHTS = {1, 3, 2};
    private static final int[] PAUSES_SECONDS = {20, 45, 40};

    private final Thread thread;

    private Operator(Thread thread) {
        this.thread = thread;
    }

    /** Starts one who sets weights in this way. */
    static Operator start(IntConsumer weigh) {
        return new Operator(Thread.ofVirtual().start(() -> work(weigh)));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void work(IntConsumer weigh) {
        try {
            for (int i = 0; !Thread.interrupted(); i = (i + 1) % WEIGHTS.length) {
                Thread.sleep(Duration.ofSeconds(PAUSES_SECONDS[i]));
                weigh.accept(WEIGHTS[i]);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
