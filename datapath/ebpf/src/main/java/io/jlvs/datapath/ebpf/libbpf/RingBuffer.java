package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reading end of a ring buffer map. For one thread at a time, which also closes it. */
public final class RingBuffer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RingBuffer.class);
    private static final FunctionDescriptor SAMPLE = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);

    // struct ring_buffer *ring_buffer__new(int map_fd, ring_buffer_sample_fn sample_cb, void *ctx,
    //                                      const struct ring_buffer_opts *opts);
    private static final MethodHandle NEW = Native.libbpf(
            "ring_buffer__new", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS), Native.ERRNO);
    // int ring_buffer__poll(struct ring_buffer *rb, int timeout_ms);
    private static final MethodHandle POLL =
            Native.libbpf("ring_buffer__poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    // int ring_buffer__consume(struct ring_buffer *rb);
    private static final MethodHandle CONSUME =
            Native.libbpf("ring_buffer__consume", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    // void ring_buffer__free(struct ring_buffer *rb);
    private static final MethodHandle FREE = Native.libbpf("ring_buffer__free", FunctionDescriptor.ofVoid(ADDRESS));

    private final Arena arena = Arena.ofShared();
    private final Consumer<MemorySegment> each;
    private final MemorySegment ring;

    /**
     * @param each takes one record; the memory is valid during the call only. What it throws is logged
     * @throws BpfException if the map is no ring buffer
     */
    public RingBuffer(BpfMap map, Consumer<MemorySegment> each) {
        this.each = each;
        Said.forget();
        try {
            var sample = MethodHandles.lookup()
                    .bind(
                            this,
                            "sample",
                            MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class, long.class));
            var state = Native.errnoState(arena);
            var made = (MemorySegment) NEW.invokeExact(
                    state,
                    map.fd(),
                    Native.LINKER.upcallStub(sample, SAMPLE, arena),
                    MemorySegment.NULL,
                    MemorySegment.NULL);
            if (made.address() == 0) {
                Said.check(-Native.errno(state), "read the ring buffer " + map.name());
            }
            ring = made.reinterpret(arena, RingBuffer::free);
        } catch (Throwable t) {
            arena.close();
            throw Native.unexpected(t);
        }
    }

    /** Waits for records that wake their reader, takes all that are there and tells how many. */
    public int poll(Duration patience) {
        return taken(POLL, (int) patience.toMillis());
    }

    /** Takes all records that are there, without waiting, and tells how many. */
    public int consume() {
        try {
            return Native.check((int) CONSUME.invokeExact(ring), "read a ring buffer");
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private int taken(MethodHandle function, int millis) {
        try {
            int result = (int) function.invokeExact(ring, millis);
            return result == -4 ? 0 : Native.check(result, "wait for a ring buffer"); // EINTR: a signal came
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Called by libbpf for each record: {@code int sample(void *ctx, void *data, size_t size)}. */
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // found by its handle; libbpf has a context to give
    private int sample(MemorySegment context, MemorySegment data, long size) {
        try {
            each.accept(data.reinterpret(size).asReadOnly());
        } catch (Throwable t) { // what crosses into C ends the process
            LOG.error("a record of a ring buffer was not taken", t);
        }
        return 0;
    }

    /** Gives the reader back; a second time does nothing. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private static void free(MemorySegment ring) {
        try {
            FREE.invokeExact(ring);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
