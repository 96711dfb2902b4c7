package io.jlvs.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.testing.packet.Ethernet;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Icmp;
import io.jlvs.api.testing.packet.Ipv6;
import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import io.jlvs.datapath.ebpf.libbpf.BpfObject;
import io.jlvs.datapath.ebpf.libbpf.BpfProgram;
import io.jlvs.datapath.ebpf.libbpf.NetDevice;
import io.jlvs.datapath.ebpf.libbpf.RingBuffer;
import io.jlvs.datapath.ebpf.libbpf.TcFilter;
import io.jlvs.datapath.ebpf.libbpf.TcFilter.Direction;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What arrives at the other ends of the director's cables, but for the noise that IPv6 makes by itself. */
final class Wire implements AutoCloseable {

    private static final String LOOPBACK = "lo";

    private final BpfProgram program;
    private final BpfMap map;
    private final RingBuffer ring;
    private final List<Frame> frames = new ArrayList<>();

    /** Listens at all interfaces of the namespace that it is made in. */
    Wire() {
        try (var object = BpfObject.open("wire", Programs.read("wire.tc.bpf.o"))) {
            object.load();
            program = object.program("wire");
            map = object.map("frames");
        }
        ring = new RingBuffer(map, this::take);
        NetDevice.all().stream()
                .filter(device -> !device.name().equals(LOOPBACK))
                .forEach(device -> new TcFilter(device.index(), Direction.INGRESS, 1, 1).attach(program));
    }

    private void take(MemorySegment entry) {
        var length = entry.get(JAVA_INT, 0);
        var frame = Frame.parse(entry.asSlice(4, length).toArray(JAVA_BYTE));
        if (frame.find(Ethernet.class).isPresent() && !isNoise(frame)) {
            frames.add(frame);
        }
    }

    private static boolean isNoise(Frame frame) {
        var isIcmpv6 = frame.find(Ipv6.class).isPresent()
                && frame.find(Icmp.class).filter(icmp -> !icmp.isError()).isPresent();
        return isIcmpv6
                || frame.find(Ipv6.class)
                        .filter(ip -> ip.destination().startsWith("ff02"))
                        .isPresent();
    }

    /** Forgets what has arrived. */
    void clear() {
        ring.consume();
        frames.clear();
    }

    /** The next frames, so many. */
    List<Frame> next(int count) {
        await().until(() -> {
            ring.consume();
            return frames.size() >= count;
        });
        return List.copyOf(frames);
    }

    @Override
    public void close() {
        ring.close();
        map.close();
        program.close();
    }
}
