package io.jlvs.datapath.ebpf;

import io.jlvs.api.datapath.LatencyHistogram;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What lies in the maps, field by field as {@code jlvs/types.h} has it. Native byte order, but for {@link #BE16} and
 * addresses, which are as on the wire.
 */
final class Layouts {

    /** {@code JLVS_LAYOUT}: maps of another one can't be read. */
    static final int VERSION = 3;

    static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;
    static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;
    static final ValueLayout.OfShort BE16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** 16 bytes; IPv4 is IPv4-mapped IPv6. */
    static final SequenceLayout ADDRESS = MemoryLayout.sequenceLayout(16, U8);

    static final StructLayout FLOW_KEY = struct(
            "flow_key",
            ADDRESS.withName("src"),
            ADDRESS.withName("dst"),
            BE16.withName("sport"),
            BE16.withName("dport"),
            U8.withName("protocol"),
            U8.withName("family"),
            BE16.withName("zero"));

    static final StructLayout SERVICE_KEY = struct(
            "service_key",
            ADDRESS.withName("address"),
            BE16.withName("port"),
            U8.withName("protocol"),
            U8.withName("family"),
            U32.withName("zero"));

    static final StructLayout SERVICE = struct(
            "service",
            U32.withName("id"),
            U32.withName("flags"),
            U64.withName("persistence"),
            ADDRESS.withName("netmask"));

    static final StructLayout SERVER = struct(
            "server",
            ADDRESS.withName("address"),
            ADDRESS.withName("source"),
            SERVICE_KEY.withName("service"),
            BE16.withName("port"),
            U8.withName("family"),
            U8.withName("mode"),
            U32.withName("weight"),
            U32.withName("upper"),
            U32.withName("lower"),
            U8.withName("tunnel_type"),
            U8.withName("tunnel_flags"),
            BE16.withName("tunnel_port"),
            words(3, "zero"));

    static final StructLayout SERVER_LOAD = struct(
            "server_load",
            U32.withName("active"),
            U32.withName("inactive"),
            U32.withName("persistent"),
            U32.withName("overloaded"),
            U32.withName("available"),
            U32.withName("counted_active"),
            U32.withName("counted_inactive"),
            U32.withName("counted_persistent"));

    static final StructLayout TRAFFIC = struct(
            "traffic",
            U64.withName("connections"),
            U64.withName("in_packets"),
            U64.withName("out_packets"),
            U64.withName("in_bytes"),
            U64.withName("out_bytes"));

    static final StructLayout LATENCY = struct(
            "latency",
            MemoryLayout.sequenceLayout(LatencyHistogram.BUCKETS, U64).withName("counts"),
            U64.withName("sum"));

    static final StructLayout CONNECTION = struct(
            "connection",
            FLOW_KEY.withName("out"),
            U64.withName("started"),
            U64.withName("last_seen"),
            U64.withName("timeout"),
            U64.withName("in_bytes"),
            U64.withName("out_bytes"),
            U32.withName("service"),
            U32.withName("server"),
            U32.withName("state"),
            U32.withName("flags"),
            U32.withName("mode"),
            U32.withName("mode_data"),
            U32.withName("connect"),
            U32.withName("in_packets"));

    static final StructLayout TEMPLATE_KEY =
            struct("template_key", ADDRESS.withName("client"), U32.withName("service"), U32.withName("retired"));

    static final StructLayout TEMPLATE = struct(
            "template",
            U64.withName("last_used"),
            U64.withName("timeout"),
            U32.withName("server"),
            U32.withName("controlled"),
            U32.withName("assured"),
            U32.withName("sent"));

    static final StructLayout SYNCED_CONNECTION =
            struct("synced_connection", FLOW_KEY.withName("flow"), CONNECTION.withName("connection"));

    static final StructLayout SYNCED_TEMPLATE =
            struct("synced_template", TEMPLATE_KEY.withName("key"), TEMPLATE.withName("template"));

    static final StructLayout SETTINGS = struct(
            "settings",
            MemoryLayout.sequenceLayout(32, U64).withName("timeouts"),
            U32.withName("flags"),
            U32.withName("conn_reuse_mode"),
            U32.withName("drop_rate"),
            U32.withName("zero"));

    static final StructLayout EVENT = struct(
            "event",
            U32.withName("type"),
            U32.withName("cause"),
            U64.withName("at"),
            U64.withName("started"),
            U64.withName("in_bytes"),
            U64.withName("out_bytes"),
            U32.withName("service"),
            U32.withName("server"),
            FLOW_KEY.withName("flow"),
            U64.withName("connect"),
            U64.withName("persistent"));

    static final StructLayout ASK = struct(
            "ask",
            FLOW_KEY.withName("flow"),
            U32.withName("service"),
            U32.withName("ifindex"),
            U32.withName("mark"),
            U32.withName("length"),
            MemoryLayout.sequenceLayout(2048, U8).withName("packet"));

    /** All of them. */
    static final List<StructLayout> ALL = List.of(
            FLOW_KEY,
            SERVICE_KEY,
            SERVICE,
            SERVER,
            SERVER_LOAD,
            TRAFFIC,
            CONNECTION,
            TEMPLATE_KEY,
            TEMPLATE,
            SYNCED_CONNECTION,
            SYNCED_TEMPLATE,
            SETTINGS,
            EVENT,
            ASK);

    private Layouts() {}

    /** Where a field begins, in bytes. */
    static long offset(StructLayout struct, String field) {
        return struct.byteOffset(PathElement.groupElement(field));
    }

    private static StructLayout struct(String name, MemoryLayout... fields) {
        return MemoryLayout.structLayout(fields).withName(name);
    }

    private static MemoryLayout words(int count, String name) {
        return MemoryLayout.sequenceLayout(count, U32).withName(name);
    }
}
