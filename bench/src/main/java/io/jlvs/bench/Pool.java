package io.jlvs.bench;

import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.api.testing.FakeServer;
import io.jlvs.scheduler.hash.DestinationHash;
import io.jlvs.scheduler.hash.MaglevHash;
import io.jlvs.scheduler.hash.SourceHash;
import io.jlvs.scheduler.leastconnection.LeastConnection;
import io.jlvs.scheduler.leastconnection.NeverQueue;
import io.jlvs.scheduler.leastconnection.ShortestExpectedDelay;
import io.jlvs.scheduler.leastconnection.WeightedLeastConnection;
import io.jlvs.scheduler.locality.LocalityBased;
import io.jlvs.scheduler.locality.LocalityBasedReplicated;
import io.jlvs.scheduler.overflow.WeightedFailover;
import io.jlvs.scheduler.overflow.WeightedOverflow;
import io.jlvs.scheduler.roundrobin.RoundRobin;
import io.jlvs.scheduler.roundrobin.WeightedRoundRobin;
import io.jlvs.scheduler.twochoices.TwoChoices;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Servers that are all up, and the schedulers that choose among them. */
record Pool(List<FakeServer> all) implements ServerPool {

    static final List<Scheduler> SCHEDULERS = List.of(
            new RoundRobin(),
            new WeightedRoundRobin(),
            new LeastConnection(),
            new WeightedLeastConnection(),
            new LocalityBased(),
            new LocalityBasedReplicated(),
            new SourceHash(),
            new DestinationHash(),
            new ShortestExpectedDelay(),
            new NeverQueue(),
            new WeightedFailover(),
            new WeightedOverflow(),
            new MaglevHash(),
            new TwoChoices());

    /** @param weight of each server, by its number from 0 */
    static Pool of(int servers, IntUnaryOperator weight) {
        return new Pool(IntStream.range(0, servers)
                .mapToObj(i -> FakeServer.server("10.2." + i / 250 + "." + (i % 250 + 1), 80, weight.applyAsInt(i)))
                .toList());
    }

    static Scheduler scheduler(String name) {
        return SCHEDULERS.stream()
                .filter(scheduler -> scheduler.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public ServiceKey service() {
        return ServiceKey.tcp("10.0.0.100", 80);
    }

    @Override
    public List<? extends Server> eligible() {
        return all;
    }

    @Override
    public Set<SchedulerFlag> flags() {
        return Set.of();
    }
}
