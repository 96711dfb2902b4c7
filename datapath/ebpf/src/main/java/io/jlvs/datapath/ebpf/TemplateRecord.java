package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.TEMPLATE;
import static io.jlvs.datapath.ebpf.Layouts.TEMPLATE_KEY;
import static io.jlvs.datapath.ebpf.Layouts.U32;
import static io.jlvs.datapath.ebpf.Layouts.U64;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.TrackedConnection;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code struct template_key} and {@code struct template}. */
final class TemplateRecord {

    /** How long a template goes on at a time while connections made through it live, as in IPVS. */
    private static final long EXTENSION = Duration.ofSeconds(60).toNanos();

    private static final long CLIENT = offset(TEMPLATE_KEY, "client");
    private static final long SERVICE = offset(TEMPLATE_KEY, "service");
    private static final long LAST_USED = offset(TEMPLATE, "last_used");
    private static final long TIMEOUT = offset(TEMPLATE, "timeout");
    private static final long SERVER = offset(TEMPLATE, "server");
    private static final long CONTROLLED = offset(TEMPLATE, "controlled");

    private TemplateRecord() {}

    /** A line of the connection table; null when it has expired, or its service or server is gone. */
    static @Nullable TrackedConnection read(
            MemorySegment keys, long key, MemorySegment values, long value, Inventory inventory, long now) {
        var service = inventory.service(keys.get(U32, key + SERVICE));
        var server = inventory.server(values.get(U32, value + SERVER));
        var left = left(values, value, now);
        if (service == null || server == null || left < 0) {
            return null;
        }
        var client = new Endpoint(KernelAddress.read(keys, key + CLIENT), 0);
        var to = server.id.server();
        var expires = Duration.ofNanos(left);
        return switch (service.key) {
            case ServiceKey.Address(var protocol, var virtual) ->
                new TrackedConnection(
                        protocol, "ASSURED", client, virtual, virtual.port() == 0 ? anyPort(to) : to, expires);
            case ServiceKey.FirewallMark mark ->
                new TrackedConnection(null, "ASSURED", client, markAsAddress(mark), anyPort(to), expires);
        };
    }

    private static long left(MemorySegment values, long value, long now) {
        var left = values.get(U64, value + LAST_USED) + values.get(U64, value + TIMEOUT) - now;
        var controlled = values.get(U32, value + CONTROLLED) != 0;
        return left < 0 && controlled ? Math.floorMod(left, EXTENSION) : left;
    }

    private static Endpoint anyPort(Endpoint server) {
        return new Endpoint(server.address(), 0);
    }

    private static Endpoint markAsAddress(ServiceKey.FirewallMark mark) {
        var bytes = new byte[mark.family() == AddressFamily.IPV4 ? 4 : 16];
        ByteBuffer.wrap(bytes).putInt(0, (int) mark.mark());
        try {
            return new Endpoint(InetAddress.getByAddress(bytes), 0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }
}
