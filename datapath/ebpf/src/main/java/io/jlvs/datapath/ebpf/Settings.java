package io.jlvs.datapath.ebpf;

import static io.jlvs.api.datapath.Sysctl.CONN_REUSE_MODE;
import static io.jlvs.api.datapath.Sysctl.EXPIRE_NODEST_CONN;
import static io.jlvs.api.datapath.Sysctl.EXPIRE_QUIESCENT_TEMPLATE;
import static io.jlvs.api.datapath.Sysctl.SLOPPY_SCTP;
import static io.jlvs.api.datapath.Sysctl.SLOPPY_TCP;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.Sysctls;
import io.jlvs.api.datapath.Timeouts;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the programs' settings as the options, the timeouts, IPVS's settings and the table want them. */
final class Settings {

    private final TableMaps maps;
    private final int always;
    private int ofTable;
    private @Nullable SettingsRecord written;
    private volatile Timeouts timeouts;
    private volatile Sysctls sysctls = Sysctls.DEFAULTS;

    Settings(TableMaps maps, EbpfOptions options) {
        this.maps = maps;
        this.timeouts = maps.readTimeouts();
        this.always = options.events() ? SettingsRecord.EVENTS : 0;
    }

    /** Those that an engine before has left, until others are used. */
    Timeouts timeouts() {
        return timeouts;
    }

    Sysctls sysctls() {
        return sysctls;
    }

    void use(Timeouts wanted) {
        timeouts = wanted;
        refresh();
    }

    void use(Sysctls wanted) {
        sysctls = wanted;
        refresh();
    }

    /** @param localServers whether the director itself is a real server */
    void use(ForwardingTable table, boolean localServers) {
        ofTable = (any(table, entry -> entry.key() instanceof ServiceKey.FirewallMark) ? SettingsRecord.MARKS : 0)
                | (any(table, Settings::isAnyPort) ? SettingsRecord.ANY_PORT : 0)
                | (localServers ? SettingsRecord.LOCAL_REPLIES : 0);
        write();
    }

    /**
     * Follows the memory of the machine. Before the first table nothing is written: what an engine before has left goes
     * on.
     */
    void refresh() {
        if (written != null) {
            write();
        }
    }

    private void write() {
        var defence = Defence.now(sysctls);
        var flags = always
                | ofTable
                | flag(sysctls.isOn(EXPIRE_NODEST_CONN), SettingsRecord.EXPIRE_NODEST)
                | flag(sysctls.isOn(EXPIRE_QUIESCENT_TEMPLATE), SettingsRecord.EXPIRE_QUIESCENT)
                | flag(sysctls.isOn(SLOPPY_TCP), SettingsRecord.SLOPPY_TCP)
                | flag(sysctls.isOn(SLOPPY_SCTP), SettingsRecord.SLOPPY_SCTP)
                | flag(defence.secureTcp(), SettingsRecord.SECURE_TCP)
                | flag(defence.dropsEntries(), SettingsRecord.DROP_ENTRIES);
        var wanted = new SettingsRecord(timeouts, flags, sysctls.number(CONN_REUSE_MODE), defence.dropRate());
        if (!wanted.equals(written)) {
            maps.writeSettings(wanted);
            written = wanted;
        }
    }

    private static int flag(boolean on, int flag) {
        return on ? flag : 0;
    }

    private static boolean any(ForwardingTable table, Predicate<ServiceEntry> what) {
        return table.services().stream().anyMatch(what);
    }

    private static boolean isAnyPort(ServiceEntry entry) {
        return entry.key() instanceof ServiceKey.Address address
                && address.virtual().port() == 0;
    }
}
