package io.jlvs.api.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler that asks somebody else, and has an ordinary one behind it for when there is no answer. Each first packet of
 * a connection asks, in every data path; the packets after it do not.
 */
public interface AskingScheduler extends Scheduler {

    /** Within which a deadline must lie: a client repeats its first packet after a second. */
    Duration LONGEST_DEADLINE = Duration.ofMillis(500);

    /** How long a client waits for an answer: 1 ms to {@link #LONGEST_DEADLINE}. The same at each call. */
    Duration deadline();

    /**
     * The name or alias of the scheduler that picks when no answer has come by the deadline, or one that can't be used. It
     * does not ask itself. A service is refused while no plugin offers it. The same at each call.
     */
    String fallback();

    /** As for any scheduler. The fallback is prepared by the engine. */
    @Override
    AskingPicker prepare(ServerPool pool, @Nullable Picker previous);
}
