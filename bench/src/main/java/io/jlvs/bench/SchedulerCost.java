package io.jlvs.bench;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Server;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one pick costs in Java, of servers with weights 1 to 4 that have a few connections each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the rest
public class SchedulerCost {

    private static final int FLOWS = 4096; // a power of two

    @Param({"rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "dh", "sed", "nq", "fo", "ovf", "mh", "twos"})
    public String scheduler;

    @Param({"3", "100", "1000"})
    public int servers;

    private final Flow[] flows = Clients.flows(FLOWS);
    private Picker picker;
    private int next;

    @Setup
    public void prepare() {
        var pool = Pool.of(servers, i -> 1 + i % 4);
        for (int i = 0; i < servers; i++) {
            pool.all().get(i).setConnections(i % 3 + 1, i % 17);
        }
        picker = Pool.scheduler(scheduler).prepare(pool, null);
    }

    @Benchmark
    public @Nullable Server pick() {
        return picker.pick(flows[next++ & (FLOWS - 1)]);
    }
}
