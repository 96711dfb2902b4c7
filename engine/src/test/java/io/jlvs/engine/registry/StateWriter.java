package io.jlvs.engine.registry;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/** A process that saves state after state, says each version that was acknowledged, and waits to be killed. */
final class StateWriter {

    private StateWriter() {}

    public static void main(String[] arguments) {
        try (var store =
                new FileStateStore(Path.of(arguments[0]), event -> System.err.println(event), InstantSource.system())) {
            for (var version = store.load().version() + 1; ; version++) {
                store.write(state(version));
                store.awaitSaved();
                System.out.println(version);
            }
        }
    }

    /** A state of which every part follows from its version. */
    static Configuration state(long version) {
        var services = IntStream.rangeClosed(1, 1 + (int) (version % 40)).mapToObj(mark -> entry(mark, version));
        return new Configuration(version, services.toList());
    }

    private static ServiceEntry entry(int mark, long version) {
        var key = new ServiceKey.FirewallMark(mark, AddressFamily.IPV4);
        var weight = (int) (version % 1_000_000);
        var server = RealServer.of(Endpoint.of("10.0.0.1", mark), "nat", weight);
        return new ServiceEntry(VirtualService.of(key, "rr"), List.of(server));
    }
}
