package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * What a program is run on.
 *
 * @param packet from its link header on; empty for programs that take none
 * @param context struct __sk_buff, xdp_md, or what a syscall program is given; empty for none
 * @param contextComesBack whether the program's changes to the context are wanted
 * @param repeat how often, 1 or more; the packet of all but socket-buffer programs keeps the changes of the run before
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are handed over, never compared
public record ProgramRun(byte[] packet, byte[] context, boolean contextComesBack, int repeat) {

    /** How much longer than before a packet may come out. */
    static final int GROWTH = 512;

    private static final int SK_BUFF_BYTES = 192;
    private static final int SK_BUFF_MARK = 8;
    private static final int SK_BUFF_INGRESS_IFINDEX = 36;
    private static final int SK_BUFF_IFINDEX = 40;

    /**
     * A packet as it comes in on an interface at traffic control.
     *
     * @param ifindex 1 for the loopback interface of the caller's namespace
     * @param mark the firewall mark
     */
    public static ProgramRun packet(byte[] packet, int ifindex, int mark) {
        var context = new byte[SK_BUFF_BYTES];
        var fields = MemorySegment.ofArray(context);
        fields.set(JAVA_INT_UNALIGNED, SK_BUFF_MARK, mark);
        fields.set(JAVA_INT_UNALIGNED, SK_BUFF_IFINDEX, ifindex);
        fields.set(JAVA_INT_UNALIGNED, SK_BUFF_INGRESS_IFINDEX, 0);
        return new ProgramRun(packet, context, false, 1);
    }

    /** A packet without more, for programs at traffic control or in the driver. */
    public static ProgramRun packet(byte[] packet) {
        return new ProgramRun(packet, new byte[0], false, 1);
    }

    /** A call of a syscall program, whose context is changed in place. */
    public static ProgramRun call(byte[] context) {
        return new ProgramRun(new byte[0], context, false, 0);
    }

    /** The same so many times. */
    public ProgramRun repeated(int times) {
        return new ProgramRun(packet, context, contextComesBack, times);
    }

    /**
     * What came of it.
     *
     * @param verdict what the program has returned
     * @param packet as it is afterwards
     * @param context as it is afterwards
     * @param nanos how long one run took, the average of all
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    public record Result(int verdict, byte[] packet, byte[] context, int nanos) {}
}
