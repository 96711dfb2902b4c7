package io.jlvs.engine.cluster.sync;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.SyncedConnection;
import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.api.datapath.SyncedTemplate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads one message. Kinds of records that it does not know, and what follows the fields it knows, it steps over. */
final class SyncReader {

    private final ByteBuffer message;
    private Duration held = Duration.ZERO;

    private SyncReader(byte[] message) {
        this.message = ByteBuffer.wrap(message);
    }

    /**
     * What a message says.
     *
     * @param syncId 0..255
     * @param skipped records of kinds that this version does not know
     */
    record Message(int syncId, List<SyncedEntry> entries, int skipped) {}

    /** Reads a message; how long it was held is part of how long its entries were silent. */
    static Message read(byte[] message) throws SyncFormatException {
        try {
            return new SyncReader(message).read();
        } catch (BufferUnderflowException e) {
            throw new SyncFormatException(
                    "a synchronisation message of " + message.length + " bytes ends too early", e);
        } catch (IllegalArgumentException e) {
            throw new SyncFormatException("in a synchronisation message " + e.getMessage(), e);
        }
    }

    private Message read() throws SyncFormatException {
        if (message.getShort() != Wire.MAGIC) {
            throw new SyncFormatException("a synchronisation message begins with JS; this one does not");
        }
        int version = u8();
        if (version != Wire.VERSION) {
            throw new SyncFormatException("a synchronisation message of version " + version
                    + " can't be read: this director reads version " + Wire.VERSION);
        }
        int syncId = u8();
        held = millis();
        var entries = new ArrayList<SyncedEntry>();
        int skipped = 0;
        while (message.hasRemaining()) {
            int kind = u8();
            message.get();
            var record = record(u16());
            switch (kind) {
                case Wire.CONNECTION -> entries.add(record.connection());
                case Wire.TEMPLATE -> entries.add(record.template());
                default -> skipped++;
            }
        }
        return new Message(syncId, entries, skipped);
    }

    /** A reader of the bytes of one record alone. */
    private SyncReader record(int length) {
        if (length > message.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[length];
        message.get(bytes);
        var reader = new SyncReader(bytes);
        reader.held = held;
        return reader;
    }

    private SyncedConnection connection() {
        var protocol = protocol();
        int state = u8();
        int flags = u16();
        var silent = millis().plus(held);
        var timeout = millis();
        var age = Duration.ofSeconds(u32());
        int clientPort = u16();
        int virtualPort = u16();
        int serverPort = u16();
        var mode = text(u8());
        var client = new Endpoint(address(flags & Wire.IPV6), clientPort);
        var virtual = new Endpoint(address(flags & Wire.IPV6), virtualPort);
        var server = new Endpoint(address(flags & Wire.SERVER_IPV6), serverPort);
        var source = (flags & Wire.SOURCE) == 0 ? client : translated(flags);
        return new SyncedConnection(
                service(flags, protocol, virtual),
                new Flow(protocol, client, virtual),
                source,
                server,
                mode,
                state,
                (flags & Wire.RETURNS) != 0,
                silent,
                timeout,
                age);
    }

    private Endpoint translated(int flags) {
        int port = u16();
        return new Endpoint(address(flags & Wire.SERVER_IPV6), port);
    }

    private ServiceKey service(int flags, Protocol protocol, Endpoint virtual) {
        if ((flags & Wire.MARK) != 0) {
            return mark(flags);
        }
        var any = (flags & Wire.ANY_PORT) != 0;
        return new ServiceKey.Address(protocol, any ? new Endpoint(virtual.address(), 0) : virtual);
    }

    private ServiceKey mark(int flags) {
        return new ServiceKey.FirewallMark(u32(), (flags & Wire.IPV6) == 0 ? AddressFamily.IPV4 : AddressFamily.IPV6);
    }

    private SyncedTemplate template() {
        int protocolNumber = u8();
        message.get();
        int flags = u16();
        var silent = millis().plus(held);
        var timeout = millis();
        int virtualPort = u16();
        int serverPort = u16();
        var client = address(flags & Wire.IPV6);
        var server = new Endpoint(address(flags & Wire.SERVER_IPV6), serverPort);
        var service = (flags & Wire.MARK) != 0
                ? mark(flags)
                : new ServiceKey.Address(
                        protocol(protocolNumber), new Endpoint(address(flags & Wire.IPV6), virtualPort));
        return new SyncedTemplate(service, client, server, (flags & Wire.ASSURED) != 0, silent, timeout);
    }

    private Protocol protocol() {
        return protocol(u8());
    }

    private static Protocol protocol(int number) {
        return Stream.of(Protocol.values())
                .filter(protocol -> protocol.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "protocol " + number + " is never balanced: expected 6, 17 or 132"));
    }

    private InetAddress address(int ipv6) {
        var bytes = new byte[ipv6 == 0 ? 4 : 16];
        message.get(bytes);
        try {
            var address = InetAddress.getByAddress(bytes);
            if (address.getAddress().length != bytes.length) {
                throw new IllegalArgumentException("an IPv4-mapped address stands for IPv6");
            }
            return address;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }

    private String text(int length) {
        var bytes = new byte[Math.min(length, message.remaining() + 1)];
        message.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private Duration millis() {
        return Duration.ofMillis(u32());
    }

    private int u8() {
        return Byte.toUnsignedInt(message.get());
    }

    private int u16() {
        return Short.toUnsignedInt(message.getShort());
    }

    private long u32() {
        return Integer.toUnsignedLong(message.getInt());
    }
}
