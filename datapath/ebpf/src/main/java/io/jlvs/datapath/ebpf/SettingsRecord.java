package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.SETTINGS;
import static io.jlvs.datapath.ebpf.Layouts.U32;
import static io.jlvs.datapath.ebpf.Layouts.U64;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.datapath.Timeouts;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * {@code struct settings}.
 *
 * @param flags {@code SETTING_}
 * @param dropRate of how many packets that would begin a connection one is dropped; 0: none
 */
record SettingsRecord(Timeouts timeouts, int flags, int connReuseMode, int dropRate) {

    static final int MARKS = 0x1;
    static final int ANY_PORT = 0x2;
    static final int EXPIRE_NODEST = 0x4;
    static final int EXPIRE_QUIESCENT = 0x8;
    static final int EVENTS = 0x10;
    static final int LOCAL_REPLIES = 0x20;
    static final int SLOPPY_TCP = 0x40;
    static final int SECURE_TCP = 0x80;
    static final int DROP_ENTRIES = 0x100;
    static final int SLOPPY_SCTP = 0x200;

    private static final long TIMEOUTS = offset(SETTINGS, "timeouts");
    private static final long FLAGS = offset(SETTINGS, "flags");
    private static final long REUSE = offset(SETTINGS, "conn_reuse_mode");
    private static final long DROP_RATE = offset(SETTINGS, "drop_rate");

    /** Those of a map in which nothing was written yet are the defaults. */
    static Timeouts readTimeouts(MemorySegment from) {
        var read = new Timeouts(
                read(from, ConnectionState.ESTABLISHED),
                read(from, ConnectionState.FIN_WAIT),
                read(from, ConnectionState.UDP));
        return read.tcp().isZero() ? Timeouts.DEFAULTS : read;
    }

    @SuppressWarnings("EnumOrdinal") // they are the kernel's numbers
    private static Duration read(MemorySegment from, ConnectionState state) {
        return Duration.ofNanos(from.get(U64, TIMEOUTS + state.ordinal() * U64.byteSize()));
    }

    void write(MemorySegment to) {
        to.fill((byte) 0);
        var at = TIMEOUTS;
        for (var state : ConnectionState.values()) {
            to.set(U64, at, state.timeout(timeouts).toNanos());
            at += U64.byteSize();
        }
        to.set(U32, FLAGS, flags);
        to.set(U32, REUSE, connReuseMode);
        to.set(U32, DROP_RATE, dropRate);
    }
}
