package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.TEMPLATE;
import static io.jlvs.datapath.ebpf.Layouts.TEMPLATE_KEY;
import static io.jlvs.datapath.ebpf.Layouts.U32;
import static io.jlvs.datapath.ebpf.Layouts.U64;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.api.datapath.SyncedTemplate;
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
    private static final long RETIRED = offset(TEMPLATE_KEY, "retired");
    private static final long LAST_USED = offset(TEMPLATE, "last_used");
    private static final long TIMEOUT = offset(TEMPLATE, "timeout");
    private static final long SERVER = offset(TEMPLATE, "server");
    private static final long CONTROLLED = offset(TEMPLATE, "controlled");
    private static final long ASSURED = offset(TEMPLATE, "assured");

    /** What IPVS makes the ports of a template that leads nowhere any more. */
    private static final int RETIRED_PORT = 65535;

    private TemplateRecord() {}

    /** A line of the connection table; null when it has expired, or its service or server is gone. */
    static @Nullable TrackedConnection read(MemorySegment key, MemorySegment value, Inventory inventory, long now) {
        var service = inventory.service(key.get(U32, SERVICE));
        var server = inventory.server(value.get(U32, SERVER));
        var left = left(value, now);
        if (service == null || server == null || left < 0) {
            return null;
        }
        var virtual = virtual(service.key);
        var to = server.id.server();
        var retired = key.get(U32, RETIRED) != 0;
        return new TrackedConnection(
                service.key instanceof ServiceKey.Address address ? address.protocol() : null,
                value.get(U32, ASSURED) != 0 ? "ASSURED" : "NONE",
                new Endpoint(KernelAddress.read(key, CLIENT), 0),
                retired ? withPort(virtual, RETIRED_PORT) : virtual,
                retired ? withPort(to, RETIRED_PORT) : virtual.port() == 0 ? withPort(to, 0) : to,
                Duration.ofNanos(left));
    }

    /** A template of another director's, which the client's next connection makes this one's. */
    static void writeCopy(
            MemorySegment key,
            MemorySegment value,
            SyncedTemplate template,
            InetAddress client,
            int service,
            int server,
            long now) {
        key.fill((byte) 0);
        KernelAddress.write(key, CLIENT, client);
        key.set(U32, SERVICE, service);
        value.fill((byte) 0);
        value.set(U64, LAST_USED, now - template.silent().toNanos());
        value.set(U64, TIMEOUT, template.timeout().toNanos());
        value.set(U32, SERVER, server);
        value.set(U32, ASSURED, template.assured() ? 1 : 0);
    }

    /** Whether it leads somewhere and lives: is_template_over and more, in gather.h. */
    static boolean isToBeTold(MemorySegment key, MemorySegment value, long now) {
        return key.get(U32, RETIRED) == 0 && left(value, now) > 0;
    }

    /** What other directors are told; null when its service or server is gone. One that connections keep is not silent. */
    static @Nullable SyncedTemplate readSynced(MemorySegment key, MemorySegment value, Inventory inventory, long now) {
        var service = inventory.service(key.get(U32, SERVICE));
        var server = inventory.server(value.get(U32, SERVER));
        if (service == null || server == null) {
            return null;
        }
        var timeout = value.get(U64, TIMEOUT);
        return new SyncedTemplate(
                service.key,
                KernelAddress.read(key, CLIENT),
                server.id.server(),
                value.get(U32, ASSURED) != 0,
                Duration.ofNanos(Math.max(0, timeout - left(value, now))),
                SyncedEntry.timeout(timeout));
    }

    private static Endpoint virtual(ServiceKey service) {
        return switch (service) {
            case ServiceKey.Address address -> address.virtual();
            case ServiceKey.FirewallMark mark -> markAsAddress(mark);
        };
    }

    private static long left(MemorySegment value, long now) {
        var left = value.get(U64, LAST_USED) + value.get(U64, TIMEOUT) - now;
        var controlled = value.get(U32, CONTROLLED) != 0;
        return left < 0 && controlled ? Math.floorMod(left, EXTENSION) : left;
    }

    private static Endpoint withPort(Endpoint endpoint, int port) {
        return new Endpoint(endpoint.address(), port);
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
