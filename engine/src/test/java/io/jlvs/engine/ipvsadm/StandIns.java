package io.jlvs.engine.ipvsadm;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.engine.ipvsadm.NetworkInterfaces.Device;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.plugin.Offer;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Schedulers and modes that have their names and nothing else, and interfaces: all that the recording kernel had. */
final class StandIns {

    private static final Map<String, Device> DEVICES = Map.of(
            "lo", new Device(65536, true, true),
            "dummy0", new Device(1500, true, false),
            "down0", new Device(1280, false, false),
            "d12345678901234", new Device(1500, false, false));

    /** Those of the machine on which the recordings were made. */
    static final NetworkInterfaces INTERFACES = DEVICES::get;

    private StandIns() {}

    static Extensions all() {
        return with();
    }

    /** And these modes. */
    static Extensions with(String... moreModes) {
        var schedulers = Stream.of(
                        "rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "dh", "sed", "nq", "fo", "ovf", "mh")
                .collect(toMap(identity(), name -> new Offer<>("test.jar", name, scheduler(name))));
        var modes = Stream.concat(Stream.of("nat", "dr", "tun"), Stream.of(moreModes))
                .collect(toMap(identity(), name -> new Offer<>("test.jar", name, mode(name))));
        return new Extensions(schedulers, modes);
    }

    private static Scheduler scheduler(String name) {
        return new Scheduler() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Picker prepare(ServerPool pool, @Nullable Picker previous) {
                return _ -> null;
            }
        };
    }

    private static ForwardingMode mode(String name) {
        return new ForwardingMode() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<DataPathKind> dataPaths() {
                return Set.of(DataPathKind.USER, DataPathKind.EBPF);
            }
        };
    }
}
