package io.jlvs.datapath.ebpf.libbpf;

/** The errors of Linux (errno(3)) that calls here may give. */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int E2BIG = 7;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int EOPNOTSUPP = 95;
    static final int ENOTSUPP = 524;

    private Errno() {}

    static String describe(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM, not permitted: CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON are needed";
            case ENOENT -> "ENOENT, not there";
            case 3 -> "ESRCH, no such program";
            case E2BIG -> "E2BIG, the map is full";
            case 9 -> "EBADF, closed already";
            case 11 -> "EAGAIN, try again";
            case 12 -> "ENOMEM, out of memory";
            case 13 -> "EACCES, refused by the verifier or by permission";
            case EBUSY -> "EBUSY, in use";
            case EEXIST -> "EEXIST, there already";
            case 19 -> "ENODEV, no such device";
            case EINVAL -> "EINVAL, invalid";
            case ENOSPC -> "ENOSPC, no room";
            case EOPNOTSUPP -> "EOPNOTSUPP, not supported";
            case ENOTSUPP -> "ENOTSUPP, not supported";
            default -> "error " + errno;
        };
    }
}
