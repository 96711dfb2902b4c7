package io.jlvs.engine.registry;

import io.jlvs.api.Flow;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.spi.AskingPicker;
import io.jlvs.api.spi.AskingScheduler;
import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.plugin.Offer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What plugins offer: schedulers that pick the first server, and modes for given data paths. */
public final class Offers {

    private Offers() {}

    /** The schedulers rr and wrr, nat for both data paths, dr and tun for {@code ebpf}. */
    public static Extensions usual() {
        var modes = new HashMap<String, Offer<ForwardingMode>>();
        modes.put("nat", mode("nat", Set.of(DataPathKind.USER, DataPathKind.EBPF)));
        modes.put("dr", mode("dr", Set.of(DataPathKind.EBPF)));
        modes.put("tun", mode("tun", Set.of(DataPathKind.EBPF)));
        return new Extensions(schedulers("rr", "wrr"), modes);
    }

    /** The same and a scheduler {@code asks}. */
    public static Extensions withAsking(String fallback) {
        var schedulers = new HashMap<>(usual().schedulers());
        schedulers.put("asks", new Offer<>("asks.jar", "asks", new Asks(fallback)));
        return new Extensions(schedulers, usual().modes());
    }

    private static Map<String, Offer<Scheduler>> schedulers(String... names) {
        return Stream.of(names)
                .collect(Collectors.toMap(name -> name, name -> new Offer<>("test.jar", name, new First(name))));
    }

    private static Offer<ForwardingMode> mode(String name, Set<DataPathKind> dataPaths) {
        return new Offer<>("test.jar", name, new Mode(name, dataPaths));
    }

    private record Mode(String name, Set<DataPathKind> dataPaths) implements ForwardingMode {}

    private record First(String name) implements Scheduler {

        @Override
        public Picker prepare(ServerPool pool, @Nullable Picker previous) {
            return new Picker() {
                @Override
                public Server pick(Flow flow) {
                    return pool.eligible().getFirst();
                }
            };
        }
    }

    private record Asks(String fallback) implements AskingScheduler {

        @Override
        public String name() {
            return "asks";
        }

        @Override
        public Duration deadline() {
            return LONGEST_DEADLINE;
        }

        @Override
        public AskingPicker prepare(ServerPool pool, @Nullable Picker previous) {
            return (_, _) -> CompletableFuture.completedFuture(pool.eligible().getFirst());
        }
    }
}
