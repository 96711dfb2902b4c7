package io.jlvs.datapath.ebpf;

import static io.jlvs.api.datapath.Sysctl.AMEMTHRESH;
import static io.jlvs.api.datapath.Sysctl.AM_DROPRATE;
import static io.jlvs.api.datapath.Sysctl.DROP_ENTRY;
import static io.jlvs.api.datapath.Sysctl.DROP_PACKET;
import static io.jlvs.api.datapath.Sysctl.SECURE_TCP;

import io.jlvs.api.datapath.Sysctl;
import io.jlvs.api.datapath.Sysctls;

/**
 * What is in effect of IPVS's defence against floods. The modes 1 and 2 of each are in effect while memory is low, mode 3
 * always.
 *
 * @param dropRate of how many packets that would begin a connection one is dropped; 0: none
 */
record Defence(boolean dropsEntries, int dropRate, boolean secureTcp) {

    private static final int ALWAYS = 3;

    /** With the memory that the machine has now. */
    static Defence now(Sysctls sysctls) {
        return of(sysctls, isAsked(sysctls) ? FreeMemory.pages() : Long.MAX_VALUE);
    }

    /** @param free pages of memory that nobody uses */
    static Defence of(Sysctls sysctls, long free) {
        return new Defence(
                isInEffect(sysctls, DROP_ENTRY, free),
                isInEffect(sysctls, DROP_PACKET, free) ? dropRate(sysctls, free) : 0,
                isInEffect(sysctls, SECURE_TCP, free));
    }

    private static boolean isAsked(Sysctls sysctls) {
        return sysctls.isOn(DROP_ENTRY) || sysctls.isOn(DROP_PACKET) || sysctls.isOn(SECURE_TCP);
    }

    private static boolean isInEffect(Sysctls sysctls, Sysctl defence, long free) {
        int mode = sysctls.number(defence);
        return mode == ALWAYS || (mode > 0 && free < sysctls.number(AMEMTHRESH));
    }

    /** Without memory every packet is dropped, at the threshold hardly one. */
    private static int dropRate(Sysctls sysctls, long free) {
        int threshold = sysctls.number(AMEMTHRESH);
        return sysctls.number(DROP_PACKET) == ALWAYS
                ? Math.max(0, sysctls.number(AM_DROPRATE))
                : (int) (threshold / (threshold - free));
    }
}
