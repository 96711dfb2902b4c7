package io.jlvs.e2e.lab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread of this JVM in the namespace of a host: sockets that it opens belong there, whoever uses them later. */
public final class Inhabitant implements AutoCloseable {

    private static final int CLONE_NEWNET = 0x40000000;
    private static final int AF_INET = 2;
    private static final int SOCK_RAW = 3;
    private static final int IPPROTO_RAW = 255;

    // int open(const char *path, int flags);
    private static final MethodHandle OPEN = libc("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    // int setns(int fd, int nstype);
    private static final MethodHandle SETNS = libc("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    // int socket(int domain, int type, int protocol);
    private static final MethodHandle SOCKET =
            libc("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    // ssize_t sendto(int fd, const void *buffer, size_t length, int flags, const struct sockaddr *to, socklen_t size);
    private static final MethodHandle SENDTO =
            libc("sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    // int close(int fd);
    private static final MethodHandle CLOSE = libc("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("jlvs-inhabitant").factory());

    /** Moves in. */
    public Inhabitant(Host host) {
        call(() -> {
            enter("/run/netns/" + host.namespace());
            return true;
        });
    }

    /** Does something there, and waits for it. */
    public <T> T call(Callable<T> what) throws IllegalStateException {
        try {
            return thread.submit(what).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a whole IPv4 packet, from its header on, as it is; the kernel fills in the header's checksum. */
    public void send(byte[] packet, Inet4Address to) {
        call(() -> {
            sendRaw(packet, new InetSocketAddress(to, 0));
            return true;
        });
    }

    private static void enter(String namespace) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var fd = check("open", (int) OPEN.invokeExact(arena.allocateFrom(namespace), 0));
            check("setns", (int) SETNS.invokeExact(fd, CLONE_NEWNET));
            check("close", (int) CLOSE.invokeExact(fd));
        } catch (IOException e) {
            throw e;
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    private static void sendRaw(byte[] packet, InetSocketAddress to) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocateFrom(JAVA_BYTE, packet);
            var address = arena.allocate(MemoryLayout.sequenceLayout(16, JAVA_BYTE));
            address.set(JAVA_SHORT, 0, (short) AF_INET);
            address.asSlice(4, 4).copyFrom(MemorySegment.ofArray(to.getAddress().getAddress()));
            var fd = check("socket", (int) SOCKET.invokeExact(AF_INET, SOCK_RAW, IPPROTO_RAW));
            check("sendto", (int) (long) SENDTO.invokeExact(fd, bytes, (long) packet.length, 0, address, 16));
            check("close", (int) CLOSE.invokeExact(fd));
        } catch (IOException e) {
            throw e;
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    private static int check(String what, int result) throws IOException {
        if (result < 0) {
            throw new IOException(what + " failed");
        }
        return result;
    }

    private static MethodHandle libc(String name, FunctionDescriptor function) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), function);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
