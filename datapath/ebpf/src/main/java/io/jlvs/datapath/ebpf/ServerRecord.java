package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.BE16;
import static io.jlvs.datapath.ebpf.Layouts.SERVER;
import static io.jlvs.datapath.ebpf.Layouts.U32;
import static io.jlvs.datapath.ebpf.Layouts.U8;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.Endpoint;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Thresholds;
import io.jlvs.api.Tunnel;
import java.lang.foreign.MemorySegment;

/** {@code struct server}. */
final class ServerRecord {

    private static final long ADDRESS = offset(SERVER, "address");
    private static final long SOURCE = offset(SERVER, "source");
    private static final long SERVICE = offset(SERVER, "service");
    private static final long PORT = offset(SERVER, "port");
    private static final long FAMILY = offset(SERVER, "family");
    private static final long MODE = offset(SERVER, "mode");
    private static final long WEIGHT = offset(SERVER, "weight");
    private static final long UPPER = offset(SERVER, "upper");
    private static final long LOWER = offset(SERVER, "lower");
    private static final long TUNNEL_TYPE = offset(SERVER, "tunnel_type");
    private static final long TUNNEL_FLAGS = offset(SERVER, "tunnel_flags");
    private static final long TUNNEL_PORT = offset(SERVER, "tunnel_port");
    /** The id of the service: the programs don't need it, an engine that adopts the maps does. */
    private static final long SERVICE_ID = offset(SERVER, "zero");

    private ServerRecord() {}

    static void write(MemorySegment to, ServiceKey service, int serviceId, Installed.Written written) {
        var server = written.server();
        to.fill((byte) 0);
        KernelAddress.write(to, ADDRESS, server.endpoint().address());
        KernelAddress.write(to, SOURCE, written.source());
        ServiceRecord.writeKey(to, SERVICE, service);
        to.set(BE16, PORT, (short) server.endpoint().port());
        to.set(U8, FAMILY, KernelAddress.family(server.endpoint().family()));
        to.set(U8, MODE, (byte) written.mode());
        to.set(U32, WEIGHT, server.weight());
        to.set(U32, UPPER, server.thresholds().upper());
        to.set(U32, LOWER, reopening(server.thresholds()));
        to.set(U8, TUNNEL_TYPE, type(server.tunnel().type()));
        to.set(U8, TUNNEL_FLAGS, checksum(server.tunnel().checksum()));
        to.set(BE16, TUNNEL_PORT, (short) server.tunnel().port());
        to.set(U32, SERVICE_ID, serviceId);
    }

    static ServerId readId(MemorySegment from, long at) {
        var address = KernelAddress.read(from, at + ADDRESS);
        var port = Short.toUnsignedInt(from.get(BE16, at + PORT));
        return new ServerId(ServiceRecord.readKey(from, at + SERVICE), new Endpoint(address, port));
    }

    static int readServiceId(MemorySegment from, long at) {
        return from.get(U32, at + SERVICE_ID);
    }

    static int readMode(MemorySegment from, long at) {
        return Byte.toUnsignedInt(from.get(U8, at + MODE));
    }

    /** As {@link Thresholds#overloaded} has it: three quarters of the upper one, unless said. */
    private static int reopening(Thresholds thresholds) {
        return thresholds.lower() > 0 ? thresholds.lower() : thresholds.upper() - (thresholds.upper() >> 2);
    }

    private static byte type(Tunnel.Type type) {
        return switch (type) {
            case IPIP -> 0;
            case GUE -> 1;
            case GRE -> 2;
        };
    }

    private static byte checksum(Tunnel.Checksum checksum) {
        return switch (checksum) {
            case NONE -> 0;
            case FULL -> 0x1;
            case REMOTE -> 0x2;
        };
    }
}
