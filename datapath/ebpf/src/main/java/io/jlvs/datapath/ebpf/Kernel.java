package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.U32;

import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import io.jlvs.datapath.ebpf.libbpf.BpfProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is loaded into the kernel: the pipeline, the modes, and their places on the interfaces. */
final class Kernel implements AutoCloseable {

    private static final String EXPRESS = "express";

    /** The parts of the pipeline in the order of {@code enum stage}. */
    private static final List<String> STAGES = List.of("schedule", "icmp", "error", "cut");

    private static final List<String> PROGRAMS = List.of(
            "ingress", "egress", "schedule", "icmp", "error", "cut", "inject", "reject", "sweep", "gather", "adopt");

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Pins pins;
    private final Pipeline pipeline;
    private final @Nullable Pipeline driver;
    private final Modes modes;
    private final Attachments attachments;

    /**
     * Loads the pipeline onto the maps that are pinned, or new ones, and puts it on the interfaces.
     *
     * @throws RuntimeException that says what the kernel has refused; what was there before goes on then
     */
    Kernel(EbpfOptions options) {
        try {
            pins = new Pins(options.pins());
            pipeline = part(Pipeline.ofTrafficControl(read("pipeline.tc.bpf.o"), PROGRAMS, sizes(options), pins));
            driver = options.xdp() ? part(openDriver()) : null;
            modes = part(new Modes(pipeline, driver, pins, options.modes()));
            for (int stage = 0; stage < STAGES.size(); stage++) {
                putStage(stage, pipeline.program(STAGES.get(stage)));
            }
            HostSwitches.letRoutesBeLookedUp();
            attachments = attach(options);
            pins.removeOtherLayouts();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    Pipeline pipeline() {
        return pipeline;
    }

    Modes modes() {
        return modes;
    }

    BpfMap map(String name) {
        return pipeline.map(name);
    }

    /** Attaches to what interfaces have come since. */
    void refresh() {
        attachments.refresh();
    }

    /** The names of the interfaces that it is attached to. */
    List<String> interfaces() {
        return attachments.names();
    }

    /** The folder of the pins. */
    Path pins() {
        return pins.folder();
    }

    /** Takes everything out of the kernel. */
    void flush() {
        attachments.detachAll();
        pins.remove();
    }

    private Pipeline openDriver() {
        return Pipeline.ofDriver(read("pipeline.xdp.bpf.o"), List.of(EXPRESS), pipeline, pins);
    }

    private Attachments attach(EbpfOptions options) {
        var before = pins.openProgram(EXPRESS);
        var express = driver == null ? null : driver.program(EXPRESS);
        var made = new Attachments(
                options.interfaces(),
                options.localClients(),
                pipeline.program("ingress"),
                pipeline.program("egress"),
                express,
                before.map(BpfProgram::id).orElse(0));
        made.warnOfMissing();
        made.refresh();
        if (express != null) {
            pins.replace(EXPRESS, express);
        }
        before.ifPresent(BpfProgram::close);
        return made;
    }

    private void putStage(int stage, BpfProgram program) {
        try (var arena = Arena.ofConfined()) {
            var fd = arena.allocateFrom(U32, program.fd());
            map("stages").update(arena.allocateFrom(U32, stage), fd, BpfMap.ANY);
        }
    }

    /** Number 0 is nobody's: arrays by number have one more. */
    private static Map<String, Integer> sizes(EbpfOptions options) {
        int services = options.maxServices();
        int servers = options.maxServers();
        return Map.of(
                "connections", options.maxConnections(),
                "services", services,
                "plans", services + 1,
                "service_traffic", services + 1,
                "servers", servers,
                "server_loads", servers + 1,
                "connect_latencies", servers + 1,
                "server_traffic", servers + 1);
    }

    private static byte[] read(String object) {
        var name = "/bpf/" + object;
        try (var in = Objects.requireNonNull(Kernel.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + name, e);
        }
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** Lets go of everything; in the kernel it goes on. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("closing a descriptor can't fail", e);
            }
        }
    }
}
