package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The filters at traffic control, whoever made them. libbpf can look at one whose place is known only; netlink lists all. */
final class Filters {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_ROUTE = 0;
    private static final short RTM_GETTFILTER = 46;
    private static final short RTM_NEWTFILTER = 44;
    private static final short REQUEST_AND_DUMP = 0x301;

    /** struct nlmsghdr { __u32 nlmsg_len; __u16 nlmsg_type, nlmsg_flags; __u32 nlmsg_seq, nlmsg_pid; } */
    private static final int HEADER = 16;

    /** struct tcmsg { u8 tcm_family, pads[3]; int tcm_ifindex; __u32 tcm_handle, tcm_parent, tcm_info; } */
    private static final int REQUEST = HEADER + 20;

    private static final long ANSWER = 32768;

    // int socket(int domain, int type, int protocol);
    private static final MethodHandle SOCKET =
            Native.libc("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), Native.ERRNO);
    // ssize_t send(int sockfd, const void *buf, size_t len, int flags);
    private static final MethodHandle SEND =
            Native.libc("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), Native.ERRNO);
    // ssize_t recv(int sockfd, void *buf, size_t len, int flags);
    private static final MethodHandle RECEIVE =
            Native.libc("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), Native.ERRNO);

    private Filters() {}

    /** Whether an interface of the caller's network namespace has any filter in a direction. */
    static boolean exist(int ifindex, TcFilter.Direction direction) {
        try (var arena = Arena.ofConfined()) {
            var state = Native.errnoState(arena);
            int socket = (int) SOCKET.invokeExact(state, AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_ROUTE);
            done(socket, state);
            try {
                done(
                        (long) SEND.invokeExact(state, socket, request(arena, ifindex, direction), (long) REQUEST, 0),
                        state);
                var answer = arena.allocate(ANSWER, Long.BYTES);
                done((long) RECEIVE.invokeExact(state, socket, answer, ANSWER, 0), state);
                return answer.get(JAVA_SHORT, 4) == RTM_NEWTFILTER;
            } finally {
                Fds.close(socket);
            }
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static MemorySegment request(Arena arena, int ifindex, TcFilter.Direction direction) {
        var request = arena.allocate(REQUEST, Integer.BYTES);
        request.set(JAVA_INT, 0, REQUEST);
        request.set(JAVA_SHORT, 4, RTM_GETTFILTER);
        request.set(JAVA_SHORT, 6, REQUEST_AND_DUMP);
        request.set(JAVA_INT, HEADER + 4, ifindex);
        request.set(JAVA_INT, HEADER + 12, direction.parent);
        return request;
    }

    private static void done(long result, MemorySegment state) {
        if (result < 0) {
            throw new BpfException("list the filters at traffic control", Native.errno(state));
        }
    }
}
