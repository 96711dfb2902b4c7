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
    static @Nullable TrackedConnection read(MemorySegment key, MemorySegment value, Inventory inventory, long now) {
        var service = inventory.service(key.get(U32, SERVICE));
        var server = inventory.server(value.get(U32, SERVER));
        var left = left(value, now);
        if (service == null || server == null || left < 0) {
            return null;
        }
        var client = new Endpoint(KernelAddress.read(key, CLIENT), 0);
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

    private static long left(MemorySegment value, long now) {
        var left = value.get(U64, LAST_USED) + value.get(U64, TIMEOUT) - now;
        var controlled = value.get(U32, CONTROLLED) != 0;
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
