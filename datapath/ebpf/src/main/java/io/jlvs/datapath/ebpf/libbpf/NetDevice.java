package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * A network interface, with addresses or without.
 *
 * @param index of the interface, 1 or more; 1 is {@code lo}
 */
public record NetDevice(int index, String name) {

    /** struct if_nameindex { unsigned int if_index; char *if_name; } */
    private static final long ENTRY = 16;

    // struct if_nameindex *if_nameindex(void);
    private static final MethodHandle LIST = Native.libc("if_nameindex", FunctionDescriptor.of(ADDRESS), Native.ERRNO);
    // void if_freenameindex(struct if_nameindex *ptr);
    private static final MethodHandle FREE = Native.libc("if_freenameindex", FunctionDescriptor.ofVoid(ADDRESS));

    /** All interfaces of the caller's network namespace, up or down. */
    public static List<NetDevice> all() {
        try (var arena = Arena.ofConfined()) {
            var state = Native.errnoState(arena);
            var first = (MemorySegment) LIST.invokeExact(state);
            if (first.address() == 0) {
                throw new BpfException("list the network interfaces", Native.errno(state));
            }
            var devices = read(first.reinterpret(Long.MAX_VALUE));
            FREE.invokeExact(first);
            return devices;
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static List<NetDevice> read(MemorySegment list) {
        var devices = new ArrayList<NetDevice>();
        for (long at = 0; list.get(JAVA_INT, at) != 0; at += ENTRY) {
            var name = list.get(ADDRESS, at + ADDRESS.byteSize()).reinterpret(Long.MAX_VALUE);
            devices.add(new NetDevice(list.get(JAVA_INT, at), name.getString(0)));
        }
        return devices;
    }
}
