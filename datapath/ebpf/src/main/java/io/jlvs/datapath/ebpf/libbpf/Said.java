package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * What libbpf says while it works: why a map can't be made, the verifier's log, the kernel's words about an interface. It
 * speaks on the calling thread before it answers, so its words are kept by thread, for the exception.
 */
final class Said {

    private static final int KEPT = 4000;
    private static final int WARNING = 0;
    private static final String PREFIX = "libbpf: ";
    private static final ThreadLocal<StringBuilder> WORDS = ThreadLocal.withInitial(StringBuilder::new);

    /** {@code int print(enum libbpf_print_level level, const char *format, va_list ap)}; a va_list comes as a pointer. */
    private static final FunctionDescriptor PRINT = FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);

    // libbpf_print_fn_t libbpf_set_print(libbpf_print_fn_t fn);
    private static final MethodHandle SET_PRINT =
            Native.libbpf("libbpf_set_print", FunctionDescriptor.of(ADDRESS, ADDRESS));
    // int vasprintf(char **strp, const char *fmt, va_list ap);
    private static final MethodHandle FORMAT =
            Native.libc("vasprintf", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    // void free(void *ptr);
    private static final MethodHandle FREE = Native.libc("free", FunctionDescriptor.ofVoid(ADDRESS));

    static {
        listen();
    }

    private Said() {}

    /** Forgets what was said on this thread: what is said from now on belongs to the next {@link #check}. */
    static void forget() {
        WORDS.get().setLength(0);
    }

    /**
     * The result of a call that answers a negative errno and says why.
     *
     * @throws BpfException with the end of what was said since {@link #forget}
     */
    static int check(int result, String tried) {
        if (result < 0) {
            throw new BpfException(tried, -result, WORDS.get().toString());
        }
        return result;
    }

    private static void listen() {
        try {
            var print = MethodHandles.lookup().findStatic(Said.class, "print", PRINT.toMethodType());
            var stub = Native.LINKER.upcallStub(print, PRINT, Arena.global());
            var _ = (MemorySegment) SET_PRINT.invokeExact(stub);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @SuppressWarnings("UnusedMethod") // found by its handle
    private static int print(int level, MemorySegment format, MemorySegment arguments) {
        try {
            if (level == WARNING) {
                keep(text(format, arguments));
            }
        } catch (Throwable _) { // what crosses into C ends the process; without its words an error is still told
            return -1;
        }
        return 0;
    }

    private static String text(MemorySegment format, MemorySegment arguments) throws Throwable {
        try (var arena = Arena.ofConfined()) {
            var result = arena.allocate(ADDRESS);
            if ((int) FORMAT.invokeExact(result, format, arguments) < 0) {
                return "";
            }
            var text = result.get(ADDRESS, 0);
            var string = text.reinterpret(Long.MAX_VALUE).getString(0);
            FREE.invokeExact(text);
            return string;
        }
    }

    private static void keep(String text) {
        var words = WORDS.get().append(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
        words.delete(0, Math.max(0, words.length() - KEPT));
    }
}
