package io.jlvs.bench;

import io.jlvs.api.testing.FakeServer;
import io.jlvs.scheduler.hash.MaglevTable;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** How long Maglev's table takes to build. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the rest
public class MaglevCost {

    @Param({"4093", "65537"})
    public int slots;

    @Param({"3", "100", "1000"})
    public int servers;

    private List<FakeServer> all;

    @Setup
    public void prepare() {
        all = Pool.of(servers, _ -> 1).all();
    }

    @Benchmark
    public MaglevTable build() {
        return new MaglevTable(all, slots);
    }
}
