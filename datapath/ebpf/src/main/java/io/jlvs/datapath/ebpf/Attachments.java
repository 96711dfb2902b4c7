package io.jlvs.datapath.ebpf;

import io.jlvs.datapath.ebpf.libbpf.BpfException;
import io.jlvs.datapath.ebpf.libbpf.BpfProgram;
import io.jlvs.datapath.ebpf.libbpf.NetDevice;
import io.jlvs.datapath.ebpf.libbpf.TcFilter;
import io.jlvs.datapath.ebpf.libbpf.TcFilter.Direction;
import io.jlvs.datapath.ebpf.libbpf.Xdp;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs on the interfaces. They have one place at traffic control, so that those of an engine before are swapped
 * and no packet is missed.
 */
final class Attachments {

    private static final Logger LOG = LoggerFactory.getLogger(Attachments.class);
    private static final String LOOPBACK = "lo";
    private static final int PRIORITY = 10; // leaves room before it for filters that set marks
    private static final int HANDLE = 0x4a4c;

    private final List<String> configured;
    private final boolean localClients;
    private final BpfProgram ingress;
    private final BpfProgram egress;
    private final @Nullable BpfProgram express;
    private final int expressBefore;
    private final Set<NetDevice> seen = ConcurrentHashMap.newKeySet();

    /**
     * @param configured names of interfaces; empty for all
     * @param localClients whether the director itself is a client of its services
     * @param express the program for drivers; null when none is wanted
     * @param expressBefore number of the one that an engine before has attached to drivers, 0 for none
     */
    Attachments(
            List<String> configured,
            boolean localClients,
            BpfProgram ingress,
            BpfProgram egress,
            @Nullable BpfProgram express,
            int expressBefore) {
        this.configured = configured;
        this.localClients = localClients;
        this.ingress = ingress;
        this.egress = egress;
        this.express = express;
        this.expressBefore = expressBefore;
    }

    /**
     * Attaches to the interfaces that have come since, and detaches from those that are not configured any more.
     *
     * @throws BpfException if even the loopback interface takes no program
     */
    void refresh() {
        var now = NetDevice.all();
        seen.retainAll(now);
        for (var device : now) {
            if (seen.add(device)) {
                greet(device);
            }
        }
    }

    /** The names of the interfaces that packets are taken from now. */
    List<String> names() {
        return seen.stream()
                .filter(this::isWanted)
                .map(NetDevice::name)
                .sorted()
                .toList();
    }

    /** Says which configured interfaces are not there. */
    void warnOfMissing() {
        var names = NetDevice.all().stream().map(NetDevice::name).toList();
        configured.stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> LOG.warn("interface {} is not there: its packets are balanced once it is", name));
    }

    /** Detaches everywhere. */
    void detachAll() {
        NetDevice.all().forEach(this::detach);
        seen.clear();
    }

    private void greet(NetDevice device) {
        try {
            if (isWanted(device)) {
                attach(device);
            } else {
                detach(device);
            }
        } catch (BpfException e) {
            if (device.name().equals(LOOPBACK)) {
                throw e;
            }
            LOG.warn("interface {} is left alone: {}", device.name(), e.getMessage());
        }
    }

    private boolean isWanted(NetDevice device) {
        return configured.isEmpty()
                || configured.contains(device.name())
                || device.name().equals(LOOPBACK);
    }

    private void attach(NetDevice device) {
        if (localClients) {
            HostSwitches.acceptAnswersOfVips(device.name());
        }
        filter(device, Direction.EGRESS).attach(egress);
        filter(device, Direction.INGRESS).attach(ingress);
        if (express == null) {
            detachExpress(device);
        } else if (!device.name().equals(LOOPBACK)) {
            attachExpress(device, express);
        }
        LOG.debug("attached to interface {}", device.name());
    }

    private void attachExpress(NetDevice device, BpfProgram program) {
        var xdp = new Xdp(device.index());
        var there = xdp.programId();
        if (there != 0 && there != expressBefore && there != program.id()) {
            LOG.warn(
                    "interface {} has another XDP program: its packets are balanced by traffic control", device.name());
            return;
        }
        try {
            xdp.attach(program);
        } catch (BpfException e) {
            LOG.warn(
                    "the driver of interface {} takes no XDP program, its packets are balanced by traffic control: {}",
                    device.name(),
                    e.getMessage());
        }
    }

    private void detach(NetDevice device) {
        if (filter(device, Direction.INGRESS).detach()) {
            LOG.info("detached from interface {}", device.name());
        }
        filter(device, Direction.EGRESS).detach();
        detachExpress(device);
    }

    private void detachExpress(NetDevice device) {
        var xdp = new Xdp(device.index());
        var there = xdp.programId();
        if (there != 0 && (there == expressBefore || (express != null && there == express.id()))) {
            xdp.detach();
        }
    }

    private static TcFilter filter(NetDevice device, Direction direction) {
        return new TcFilter(device.index(), direction, HANDLE, PRIORITY);
    }
}
