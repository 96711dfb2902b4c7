package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.BE16;
import static io.jlvs.datapath.ebpf.Layouts.FLOW_KEY;
import static io.jlvs.datapath.ebpf.Layouts.U8;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import java.lang.foreign.MemorySegment;

/** {@code struct flow_key}: a packet's addresses as it travels one way. */
record FlowKey(Endpoint source, Endpoint destination, int protocol, AddressFamily family) {

    private static final long SRC = offset(FLOW_KEY, "src");
    private static final long DST = offset(FLOW_KEY, "dst");
    private static final long SPORT = offset(FLOW_KEY, "sport");
    private static final long DPORT = offset(FLOW_KEY, "dport");
    private static final long PROTOCOL = offset(FLOW_KEY, "protocol");
    private static final long FAMILY = offset(FLOW_KEY, "family");
    private static final long ZERO = offset(FLOW_KEY, "zero");

    static FlowKey read(MemorySegment from, long at) {
        return new FlowKey(
                endpoint(from, at + SRC, at + SPORT),
                endpoint(from, at + DST, at + DPORT),
                Byte.toUnsignedInt(from.get(U8, at + PROTOCOL)),
                KernelAddress.family(from.get(U8, at + FAMILY)));
    }

    void write(MemorySegment to, long at) {
        KernelAddress.write(to, at + SRC, source.address());
        KernelAddress.write(to, at + DST, destination.address());
        to.set(BE16, at + SPORT, (short) source.port());
        to.set(BE16, at + DPORT, (short) destination.port());
        to.set(U8, at + PROTOCOL, (byte) protocol);
        to.set(U8, at + FAMILY, KernelAddress.family(family));
        to.set(BE16, at + ZERO, (short) 0);
    }

    /** The flow of a client's packet as it leaves for a server: without a port it keeps its own. */
    FlowKey towards(Endpoint server) {
        var port = server.port() == 0 ? destination.port() : server.port();
        return new FlowKey(source, new Endpoint(server.address(), port), protocol, server.family());
    }

    /** The flow of a client's packet. */
    Flow toFlow() {
        return new Flow(protocolOf(protocol), source, destination);
    }

    static Protocol protocolOf(int number) {
        for (var protocol : Protocol.values()) {
            if (protocol.number() == number) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("protocol " + number + " is never balanced");
    }

    private static Endpoint endpoint(MemorySegment from, long address, long port) {
        return new Endpoint(KernelAddress.read(from, address), Short.toUnsignedInt(from.get(BE16, port)));
    }
}
