package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.BE16;
import static io.jlvs.datapath.ebpf.Layouts.SERVICE;
import static io.jlvs.datapath.ebpf.Layouts.SERVICE_KEY;
import static io.jlvs.datapath.ebpf.Layouts.U32;
import static io.jlvs.datapath.ebpf.Layouts.U64;
import static io.jlvs.datapath.ebpf.Layouts.U8;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Persistence;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/** {@code struct service_key} and {@code struct service}. */
final class ServiceRecord {

    private static final long ADDRESS = offset(SERVICE_KEY, "address");
    private static final long PORT = offset(SERVICE_KEY, "port");
    private static final long PROTOCOL = offset(SERVICE_KEY, "protocol");
    private static final long FAMILY = offset(SERVICE_KEY, "family");
    private static final long ID = offset(SERVICE, "id");
    private static final long FLAGS = offset(SERVICE, "flags");
    private static final long PERSISTENCE = offset(SERVICE, "persistence");
    private static final long NETMASK = offset(SERVICE, "netmask");

    private static final int PERSISTENT = 0x1;
    private static final int ONE_PACKET = 0x2;

    private ServiceRecord() {}

    static void writeKey(MemorySegment to, long at, ServiceKey key) {
        to.asSlice(at, SERVICE_KEY.byteSize()).fill((byte) 0);
        switch (key) {
            case ServiceKey.FirewallMark mark -> to.set(U32, at + ADDRESS, (int) mark.mark());
            case ServiceKey.Address address -> {
                KernelAddress.write(to, at + ADDRESS, address.virtual().address());
                to.set(BE16, at + PORT, (short) address.virtual().port());
                to.set(U8, at + PROTOCOL, (byte) address.protocol().number());
            }
        }
        to.set(U8, at + FAMILY, KernelAddress.family(key.family()));
    }

    static ServiceKey readKey(MemorySegment from, long at) {
        var protocol = Byte.toUnsignedInt(from.get(U8, at + PROTOCOL));
        if (protocol == 0) {
            AddressFamily family = KernelAddress.family(from.get(U8, at + FAMILY));
            return new ServiceKey.FirewallMark(Integer.toUnsignedLong(from.get(U32, at + ADDRESS)), family);
        }
        var port = Short.toUnsignedInt(from.get(BE16, at + PORT));
        return new ServiceKey.Address(
                FlowKey.protocolOf(protocol), new Endpoint(KernelAddress.read(from, at + ADDRESS), port));
    }

    static void write(MemorySegment to, int id, VirtualService service) {
        var persistence = service.persistence();
        to.set(U32, ID, id);
        to.set(U32, FLAGS, (persistence == null ? 0 : PERSISTENT) | (service.onePacket() ? ONE_PACKET : 0));
        to.set(U64, PERSISTENCE, persistence == null ? 0 : TimeUnit.SECONDS.toNanos(persistence.timeoutSeconds()));
        KernelAddress.writeMask(
                to,
                NETMASK,
                persistence == null ? Persistence.fullMask(service.key().family()) : persistence.netmask());
    }

    static int readId(MemorySegment from, long at) {
        return from.get(U32, at + ID);
    }
}
