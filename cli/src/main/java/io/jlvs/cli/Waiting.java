package io.jlvs.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows from the first second on that something goes on whose end is not known; on a terminal alone. */
final class Waiting implements AutoCloseable {

    private static final int WIDTH = 30;
    private static final int BLOCK = 3;
    private static final int STEPS_PER_SECOND = 5;

    private final PrintWriter out;
    private final String what;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::show);

    private Waiting(PrintWriter out, String what) {
        this.out = out;
        this.what = what;
    }

    /** Begins to show it, until it is closed. */
    static Waiting begin(PrintWriter out, String what) {
        var waiting = new Waiting(out, what);
        if (Progress.errorsAreSeen()) {
            waiting.thread.start();
        }
        return waiting;
    }

    private void show() {
        try {
            int step = 0;
            while (!done.await(1000 / STEPS_PER_SECOND, TimeUnit.MILLISECONDS)) {
                if (++step >= STEPS_PER_SECOND) {
                    draw(step);
                }
            }
            if (step >= STEPS_PER_SECOND) {
                out.print("\r\033[K");
                out.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw(int step) {
        var bar = new StringBuilder(".".repeat(WIDTH));
        int at = step % (WIDTH - BLOCK + 1);
        bar.replace(at, at + BLOCK, "#".repeat(BLOCK));
        out.print("\r" + what + " [" + bar + "] " + step / STEPS_PER_SECOND + " s\033[K");
        out.flush();
    }

    @Override
    public void close() {
        done.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
