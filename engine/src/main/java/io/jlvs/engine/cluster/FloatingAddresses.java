package io.jlvs.engine.cluster;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster's addresses on this director's interfaces. The owner has them by leases in the kernel (ip-address(8), {@code
 * valid_lft}) that it renews, so that a director whose process is gone loses them by itself while its successor takes over.
 * When nobody is there to take over they are lent for ever, since the data path in the kernel goes on without the process.
 * The addresses are the cluster's: whoever is not owner takes them off. All work is on one thread; no call blocks.
 */
final class FloatingAddresses implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FloatingAddresses.class);
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final String FOR_EVER = "forever";
    /** Seconds after a take-over at which it is announced once more; then every so many seconds. */
    private static final List<Long> SOON = List.of(1L, 2L, 4L);

    private static final int EVERY = 10;

    private final List<FloatingAddress> addresses;
    private final Wire wire;
    private final ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jlvs-addresses").factory());
    private boolean held;
    private boolean othersAlive;
    private long seconds;
    private volatile @Nullable String problem;

    FloatingAddresses(List<FloatingAddress> addresses, Wire wire) {
        this.wire = wire;
        this.addresses = List.copyOf(addresses);
        if (!addresses.isEmpty()) {
            work.scheduleAtFixedRate(this::renew, 1, 1, TimeUnit.SECONDS);
        }
    }

    /**
     * This director has them from now on.
     *
     * @param othersAlive whether somebody could take over
     */
    void hold(boolean othersAlive) {
        work.execute(() -> {
            this.othersAlive = othersAlive;
            if (!held) {
                LOG.info("this director holds {}", addresses);
                held = true;
                seconds = 0;
            }
            set();
            if (seconds == 0) {
                announce();
            }
        });
    }

    /** Another one has them, or nobody on this side. */
    void release() {
        work.execute(this::takeOff);
    }

    /** Why they are not all held although they should be; null when they are. */
    @Nullable
    String problem() {
        return problem;
    }

    private void renew() {
        if (!held) {
            return;
        }
        seconds++;
        set();
        if (SOON.contains(seconds) || seconds % EVERY == 0) {
            announce();
        }
    }

    private void set() {
        var lease = othersAlive ? Long.toString(LEASE.toSeconds()) : FOR_EVER;
        var told = ip(addresses.stream()
                .map(address -> "addr replace %s valid_lft %s preferred_lft %s%s"
                        .formatted(address, lease, lease, address.address() instanceof Inet6Address ? " nodad" : ""))
                .collect(Collectors.joining("\n")));
        if (!told.isEmpty()) {
            LOG.warn("can't hold {}: {}", addresses, told);
        }
        problem = told.isEmpty() ? null : told;
    }

    private void takeOff() {
        if (held) {
            LOG.info("this director leaves {}", addresses);
        }
        held = false;
        problem = null;
        // those that are not there are none to complain of
        ip(addresses.stream().map(address -> "addr del " + address).collect(Collectors.joining("\n")));
    }

    private void announce() {
        for (var address : addresses) {
            try {
                var device = NetworkInterface.getByName(address.device());
                var mac = device == null ? null : device.getHardwareAddress();
                if (device != null && mac != null) {
                    wire.send(device.getIndex(), Announcement.of(address.address(), mac));
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("can't announce {}: {}", address, e.getMessage());
            }
        }
    }

    /** What ip(8) has to say about some of its commands; empty when it did them all. */
    private static String ip(String commands) {
        if (commands.isEmpty()) {
            return "";
        }
        try {
            var process = new ProcessBuilder("ip", "-force", "-batch", "-")
                    .redirectErrorStream(true)
                    .start();
            try (var in = process.getOutputStream()) {
                in.write((commands + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "ip(8) can't be run: " + e.getMessage();
        }
    }

    /** Leaves them to those who live; when there is nobody, they stay for the data path that goes on. */
    @Override
    public void close() {
        work.execute(() -> {
            if (othersAlive) {
                takeOff();
            }
        });
        work.close();
    }
}
