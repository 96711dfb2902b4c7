package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.ADDRESS;
import static io.jlvs.datapath.ebpf.Layouts.U8;

import io.jlvs.api.AddressFamily;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** {@code struct address}: 16 bytes as on the wire, IPv4 as IPv4-mapped IPv6 (RFC 4291, 2.5.5.2). */
final class KernelAddress {

    private static final int IPV4_BEGIN = 12;

    private KernelAddress() {}

    static void write(MemorySegment to, long at, InetAddress address) {
        var bytes = address.getAddress();
        var begin = bytes.length == 4 ? IPV4_BEGIN : 0;
        to.asSlice(at, begin).fill((byte) 0);
        if (bytes.length == 4) {
            to.asSlice(at + 10, 2).fill((byte) 0xff);
        }
        MemorySegment.copy(bytes, 0, to, U8, at + begin, bytes.length);
    }

    /** A mask of addresses: what comes before an IPv4 address always counts. */
    static void writeMask(MemorySegment to, long at, InetAddress mask) {
        var bytes = mask.getAddress();
        to.asSlice(at, ADDRESS.byteSize()).fill((byte) 0xff);
        MemorySegment.copy(bytes, 0, to, U8, at + ADDRESS.byteSize() - bytes.length, bytes.length);
    }

    static InetAddress read(MemorySegment from, long at) {
        try {
            return InetAddress.getByAddress(from.asSlice(at, ADDRESS.byteSize()).toArray(U8));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are always an address", e);
        }
    }

    /** {@code FAMILY_IPV4}, {@code FAMILY_IPV6}. */
    static byte family(AddressFamily family) {
        return switch (family) {
            case IPV4 -> 4;
            case IPV6 -> 6;
        };
    }

    static AddressFamily family(byte family) {
        return family == 4 ? AddressFamily.IPV4 : AddressFamily.IPV6;
    }
}
