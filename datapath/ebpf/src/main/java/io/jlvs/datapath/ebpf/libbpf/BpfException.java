package io.jlvs.datapath.ebpf.libbpf;

/** A call that the kernel or libbpf has refused. The message says what was tried, the error's name, and what it means. */
public final class BpfException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int errno;

    BpfException(String tried, int errno) {
        this(tried, errno, "");
    }

    /** @param log the end of what the verifier said, empty when it was not asked */
    BpfException(String tried, int errno, String log) {
        super("can't " + tried + ": " + Errno.describe(errno) + (log.isBlank() ? "" : "\n" + log.strip()));
        this.errno = errno;
    }

    /** The error's number, positive: see errno(3). */
    public int errno() {
        return errno;
    }
}
