package io.jlvs.datapath.ebpf;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.Timeouts;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the programs' settings as the options, the timeouts and the table want them. */
final class Settings {

    private final TableMaps maps;
    private final int always;
    private @Nullable SettingsRecord written;
    private volatile Timeouts timeouts;

    Settings(TableMaps maps, EbpfOptions options) {
        this.maps = maps;
        this.timeouts = maps.readTimeouts();
        this.always = (options.events() ? SettingsRecord.EVENTS : 0)
                | (options.expireNodestConn() ? SettingsRecord.EXPIRE_NODEST : 0);
    }

    /** Those that an engine before has left, until others are used. */
    Timeouts timeouts() {
        return timeouts;
    }

    /** Before the first table nothing is written: what an engine before has left goes on. */
    void use(Timeouts wanted) {
        timeouts = wanted;
        if (written != null) {
            write(written.flags());
        }
    }

    /** @param localServers whether the director itself is a real server */
    void use(ForwardingTable table, boolean localServers) {
        write(always
                | (any(table, entry -> entry.key() instanceof ServiceKey.FirewallMark) ? SettingsRecord.MARKS : 0)
                | (any(table, Settings::isAnyPort) ? SettingsRecord.ANY_PORT : 0)
                | (localServers ? SettingsRecord.LOCAL_REPLIES : 0));
    }

    private void write(int flags) {
        var wanted = new SettingsRecord(timeouts, flags);
        if (!wanted.equals(written)) {
            maps.writeSettings(wanted);
            written = wanted;
        }
    }

    private static boolean any(ForwardingTable table, Predicate<ServiceEntry> what) {
        return table.services().stream().anyMatch(what);
    }

    private static boolean isAnyPort(ServiceEntry entry) {
        return entry.key() instanceof ServiceKey.Address address
                && address.virtual().port() == 0;
    }
}
