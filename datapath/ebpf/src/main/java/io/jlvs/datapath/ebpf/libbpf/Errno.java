package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** The errors of Linux (errno(3)) that calls here may give. */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int E2BIG = 7;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int EOPNOTSUPP = 95;
    static final int ENOTSUPP = 524;

    private static final long MAX_TEXT = 128;

    // int libbpf_strerror(int err, char *buf, size_t size);
    private static final MethodHandle STRERROR =
            Native.libbpf("libbpf_strerror", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));

    private Errno() {}

    static String describe(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM, not permitted: CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON are needed";
            case ENOENT -> "ENOENT, not there";
            case 3 -> "ESRCH, no such program";
            case 4 -> "EINTR, interrupted";
            case E2BIG -> "E2BIG, too big, or the map is full";
            case 9 -> "EBADF, closed already";
            case 11 -> "EAGAIN, try again";
            case 12 -> "ENOMEM, out of memory";
            case 13 -> "EACCES, refused by the verifier or by permission";
            case 14 -> "EFAULT, memory that can't be read or written";
            case EBUSY -> "EBUSY, in use";
            case EEXIST -> "EEXIST, there already";
            case ENODEV -> "ENODEV, no such device";
            case EINVAL -> "EINVAL, invalid";
            case ENOSPC -> "ENOSPC, no room";
            case EOPNOTSUPP -> "EOPNOTSUPP, not supported";
            case ENOTSUPP -> "ENOTSUPP, not supported";
            default -> "error " + errno + ", " + inWords(errno);
        };
    }

    private static String inWords(int errno) {
        try (var arena = Arena.ofConfined()) {
            var text = arena.allocate(MAX_TEXT);
            var _ = (int) STRERROR.invokeExact(errno, text, MAX_TEXT);
            return text.getString(0);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
