package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** Sends whole frames, Ethernet header included (packet(7)). Needs CAP_NET_RAW. */
public final class PacketSocket {

    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    /** No packets are received. */
    private static final int NO_PROTOCOL = 0;

    /**
     * struct sockaddr_ll { unsigned short sll_family; __be16 sll_protocol; int sll_ifindex; unsigned short sll_hatype;
     * unsigned char sll_pkttype, sll_halen, sll_addr[8]; }
     */
    private static final int TO = 20;

    // int socket(int domain, int type, int protocol);
    private static final MethodHandle SOCKET =
            Native.libc("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), Native.ERRNO);
    // ssize_t sendto(int sockfd, const void *buf, size_t len, int flags, const struct sockaddr *to, socklen_t tolen);
    private static final MethodHandle SEND_TO = Native.libc(
            "sendto",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
            Native.ERRNO);

    private PacketSocket() {}

    /**
     * Sends frames in their order.
     *
     * @param ifindex of the interface that they leave by
     * @throws BpfException if one can't be sent
     */
    public static void send(int ifindex, List<byte[]> frames) {
        try (var arena = Arena.ofConfined()) {
            var state = Native.errnoState(arena);
            int socket = (int) SOCKET.invokeExact(state, AF_PACKET, SOCK_RAW_CLOEXEC, NO_PROTOCOL);
            done(socket, state, "open a packet socket");
            try {
                var to = arena.allocate(TO, Integer.BYTES);
                to.set(JAVA_SHORT, 0, (short) AF_PACKET);
                to.set(JAVA_INT, 4, ifindex);
                for (var frame : frames) {
                    var bytes = arena.allocateFrom(JAVA_BYTE, frame);
                    done(
                            (long) SEND_TO.invokeExact(state, socket, bytes, (long) frame.length, 0, to, TO),
                            state,
                            "send a frame by interface " + ifindex);
                }
            } finally {
                Fds.close(socket);
            }
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static void done(long result, MemorySegment state, String tried) {
        if (result < 0) {
            throw new BpfException(tried, Native.errno(state));
        }
    }
}
