package io.jlvs.engine.cluster.sync;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.SyncedConnection;
import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.api.datapath.SyncedTemplate;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes one message, record by record. */
final class SyncWriter {

    private static final long MAX_U32 = 0xffff_ffffL;

    private final ByteBuffer buffer;
    private int records;

    /** @param capacity in bytes, room for one record or more */
    SyncWriter(int capacity, int syncId) {
        buffer = ByteBuffer.allocate(Math.max(capacity, Wire.HEADER + Wire.LONGEST_RECORD));
        buffer.putShort(Wire.MAGIC).put(Wire.VERSION).put((byte) syncId).putInt(0);
    }

    int records() {
        return records;
    }

    boolean isFull() {
        return buffer.remaining() < Wire.LONGEST_RECORD;
    }

    /** Adds a record; there must be room. */
    void add(SyncedEntry entry) {
        int begin = buffer.position();
        buffer.put(entry instanceof SyncedConnection ? Wire.CONNECTION : Wire.TEMPLATE)
                .put((byte) 0)
                .putShort((short) 0);
        switch (entry) {
            case SyncedConnection connection -> write(connection);
            case SyncedTemplate template -> write(template);
        }
        buffer.putShort(begin + 2, (short) (buffer.position() - begin - Wire.RECORD_HEADER));
        records++;
    }

    private void write(SyncedConnection connection) {
        var flow = connection.flow();
        var translated = !connection.source().equals(flow.client());
        buffer.put((byte) flow.protocol().number()).put((byte) connection.state());
        buffer.putShort((short)
                (flags(connection) | (connection.returns() ? Wire.RETURNS : 0) | (translated ? Wire.SOURCE : 0)));
        millis(connection.silent());
        millis(connection.timeout());
        number(connection.age().toSeconds());
        port(flow.client());
        port(flow.virtual());
        port(connection.server());
        buffer.put((byte) connection.mode().length());
        buffer.put(connection.mode().getBytes(StandardCharsets.US_ASCII));
        address(flow.client().address());
        address(flow.virtual().address());
        address(connection.server().address());
        if (translated) {
            port(connection.source());
            address(connection.source().address());
        }
        mark(connection.service());
    }

    private void write(SyncedTemplate template) {
        var virtual = template.service() instanceof ServiceKey.Address address ? address.virtual() : null;
        var protocol = template.service() instanceof ServiceKey.Address address
                ? address.protocol().number()
                : 0;
        buffer.put((byte) protocol).put((byte) 0);
        buffer.putShort((short) (flags(template) | (template.assured() ? Wire.ASSURED : 0)));
        millis(template.silent());
        millis(template.timeout());
        buffer.putShort((short) (virtual == null ? 0 : virtual.port()));
        port(template.server());
        address(template.client());
        address(template.server().address());
        if (virtual != null) {
            address(virtual.address());
        }
        mark(template.service());
    }

    private static int flags(SyncedEntry entry) {
        return (entry.service().family() == AddressFamily.IPV6 ? Wire.IPV6 : 0)
                | (entry.server().family() == AddressFamily.IPV6 ? Wire.SERVER_IPV6 : 0)
                | switch (entry.service()) {
                    case ServiceKey.FirewallMark _ -> Wire.MARK;
                    case ServiceKey.Address address -> address.virtual().port() == 0 ? Wire.ANY_PORT : 0;
                };
    }

    private void mark(ServiceKey service) {
        if (service instanceof ServiceKey.FirewallMark mark) {
            number(mark.mark());
        }
    }

    private void millis(Duration time) {
        number(time.toMillis());
    }

    private void number(long value) {
        buffer.putInt((int) Math.min(value, MAX_U32));
    }

    private void port(Endpoint endpoint) {
        buffer.putShort((short) endpoint.port());
    }

    private void address(InetAddress address) {
        buffer.put(address.getAddress());
    }

    /** The message. */
    byte[] message() {
        var message = new byte[buffer.position()];
        buffer.get(0, message);
        return message;
    }

    /** Says in a message how long it has waited before it went out. */
    static void held(byte[] message, Duration held) {
        ByteBuffer.wrap(message).putInt(Wire.HELD, (int) Math.min(held.toMillis(), MAX_U32));
    }
}
