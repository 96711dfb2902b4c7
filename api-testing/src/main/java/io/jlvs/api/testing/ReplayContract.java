package io.jlvs.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.spi.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A scheduler of IPVS picks what the kernel picked, in every recorded scenario whose scheduler has one of the given
 * names. Persistent services are left out: there the engine decides.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ReplayContract {

    private final List<String> names;
    private final int scenarios;

    /**
     * @param scenarios how many scenarios there must be, so that none gets lost
     */
    protected ReplayContract(int scenarios, String... names) {
        this.scenarios = scenarios;
        this.names = List.of(names);
    }

    /** A fresh instance of each scheduler that the recordings may name. */
    protected abstract Scheduler[] schedulers();

    Stream<Recording> recordings() {
        var found = Stream.of("rr", "wrr", "lc-wlc", "sed-nq", "fo-ovf", "sh", "dh", "mh", "lblc-lblcr", "ipv6")
                .flatMap(file -> Recording.read(file).stream())
                .filter(recording -> names.contains(recording.scheduler()) && !recording.isPersistent())
                .toList();
        assertThat(found).hasSize(scenarios);
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void picksWhatTheKernelPicked(Recording recording) {
        var picks = Replay.play(recording, schedulers());

        assertThat(picks).isEqualTo(picksOf(recording));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void plansWhatTheKernelPicked(Recording recording) {
        var planned = Stream.of(schedulers()).map(PlannedScheduler::new).toArray(Scheduler[]::new);

        var picks = Replay.play(recording, planned);

        assertThat(picks).isEqualTo(picksOf(recording));
    }

    private static List<@Nullable String> picksOf(Recording recording) {
        var picks = new ArrayList<@Nullable String>();
        for (var pick : recording.picks()) {
            picks.add(Objects.equals(pick, "!ECONNREFUSED") ? null : pick);
        }
        return picks;
    }
}
