package io.jlvs.api.spi;

import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.Sysctls;
import java.util.List;
import java.util.Set;

/** The real servers of one virtual service. */
public interface ServerPool {

    /** The service whose servers they are. */
    ServiceKey service();

    /** All servers, the newest first: immutable, the same until the next {@link Scheduler#prepare}. May be empty. */
    List<? extends Server> all();

    /**
     * The servers that may get a connection now, in the order of {@link #all()}: immutable; while a connection is being
     * picked, never empty.
     */
    List<? extends Server> eligible();

    /** The flags of the service ({@code ipvsadm -b}). */
    Set<SchedulerFlag> flags();

    /** The settings of IPVS as they are now, for schedulers that have some. */
    default Sysctls sysctls() {
        return Sysctls.DEFAULTS;
    }
}
