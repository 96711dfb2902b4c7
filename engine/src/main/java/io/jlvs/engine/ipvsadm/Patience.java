package io.jlvs.engine.ipvsadm;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks what may never answer, such as a name server that is away, and gives up after a while. Who was given up is not
 * asked again for some time: a listing of a thousand servers waits once, not a thousand times.
 */
final class Patience {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    /** Of the platform, for a native call may hold its carrier. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("jlvs-names-", 0).factory());

    private final Duration limit;
    private final Duration silence;
    private volatile long askAgainAt = System.nanoTime();

    /**
     * @param limit how long an answer may take
     * @param silence how long nothing is asked after none came
     */
    Patience(Duration limit, Duration silence) {
        this.limit = limit;
        this.silence = silence;
    }

    /** The answer; null when there is none, or none in time. */
    <T> @Nullable T ask(Callable<@Nullable T> question) {
        if (System.nanoTime() - askAgainAt < 0) {
            return null;
        }
        var answer = THREADS.submit(question);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            askAgainAt = System.nanoTime() + silence.toNanos();
            LOG.warn("no name for an address, or no address for a name, in {}: going without for {}", limit, silence);
            return null;
        } catch (ExecutionException _) {
            return null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
