package io.jlvs.datapath.ebpf;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.spi.Plan;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What lies in the maps, as far as Java has put it there. Written under the lock of the data path, read by any thread. */
final class Installed {

    private Installed() {}

    /**
     * A virtual service and its servers. It stays after it was removed, until the connections of its servers have ended:
     * they carry its number.
     */
    static final class Service {

        final ServiceKey key;
        final int number;
        final Map<Endpoint, Server> servers = new ConcurrentHashMap<>();

        /** Whether it is in the map {@code services}. */
        boolean present;

        /** As it was written; null when another engine wrote it. */
        volatile @Nullable VirtualService written;

        /** As it was taken over completely; null while anything may be missing. */
        @Nullable
        ServiceEntry entry;

        boolean planWritten;

        /** Whether the plan is that of a service without servers. */
        boolean nobody;

        @Nullable
        Plan plan;

        Service(ServiceKey key, int number) {
            this.key = key;
            this.number = number;
        }
    }

    /** A real server. It stays after it was removed, until its connections have ended. */
    static final class Server {

        final ServerId id;
        final int number;

        /** Null when another engine wrote it. */
        volatile @Nullable Written written;

        /** The number of its mode as another engine wrote it. */
        int adoptedMode;

        /** How many sweeps in a row have found it removed and without any connection. */
        int idleSweeps;

        Server(ServerId id, int number) {
            this.id = id;
            this.number = number;
        }

        /** The number of its mode. */
        int mode() {
            var now = written;
            return now == null ? adoptedMode : now.mode();
        }
    }

    /** What a server's record was made of. */
    record Written(RealServer server, int mode, InetAddress source) {}
}
