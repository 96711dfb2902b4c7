package io.jlvs.engine.cluster;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    /** Whether what a run before this one may have left was taken off. */
    private boolean begun;

    private long seconds;
    private String notHeld = "";
    private String notAnnounced = "";
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
            if (held && this.othersAlive == othersAlive) {
                return;
            }
            this.othersAlive = othersAlive;
            set();
            if (!held) {
                LOG.info("this director holds {}", addresses);
                held = true;
                seconds = 0;
                announce();
            }
        });
    }

    /** Another one has them, or nobody on this side. */
    void release() {
        work.execute(() -> {
            if (held || !begun) {
                takeOff();
            }
        });
    }

    /** Why they are not all held and announced although they should be; null when they are. */
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
        notHeld = ip(addresses.stream().map(address -> set(address, lease)));
        tellProblem();
    }

    /** A deprecated address works, but the director's own connections do not begin from it (RFC 6724, section 5, rule 3). */
    private static String set(FloatingAddress address, String lease) {
        return address.isIpv6()
                ? "addr replace %s valid_lft %s preferred_lft 0 nodad".formatted(address, lease)
                : "addr replace %s valid_lft %s preferred_lft %s".formatted(address, lease, lease);
    }

    private void takeOff() {
        if (held) {
            LOG.info("this director leaves {}", addresses);
        } else {
            addresses.stream()
                    .filter(FloatingAddresses::isHere)
                    .forEach(address -> LOG.warn(
                            "{} was here, left by an earlier run or set by hand: it is the cluster's, and is taken off",
                            address));
        }
        held = false;
        begun = true;
        notHeld = "";
        notAnnounced = "";
        tellProblem();
        // those that are not there are none to complain of
        ip(addresses.stream().map(address -> "addr del " + address));
    }

    private static boolean isHere(FloatingAddress address) {
        try {
            var device = NetworkInterface.getByName(address.device());
            return device != null && device.inetAddresses().anyMatch(address::isAt);
        } catch (IOException e) {
            return false;
        }
    }

    private void announce() {
        notAnnounced = addresses.stream()
                .map(this::announce)
                .filter(told -> !told.isEmpty())
                .distinct()
                .collect(Collectors.joining("\n"));
        tellProblem();
    }

    /** Why it can't be announced; empty when it was, or when its interface has no neighbours to be told. */
    private String announce(FloatingAddress address) {
        try {
            var device = NetworkInterface.getByName(address.device());
            var mac = device == null ? null : device.getHardwareAddress();
            if (device != null && mac != null) {
                wire.send(device.getIndex(), Announcement.of(address.address(), mac, isRouter(address.device())));
            }
            return "";
        } catch (IOException | RuntimeException e) {
            return "can't announce %s: %s".formatted(address, e.getMessage());
        }
    }

    /** Whether the kernel says in its own advertisements that this is a router; hosts believe the last one. */
    private static boolean isRouter(String device) throws IOException {
        var forwarding = Path.of("/proc/sys/net/ipv6/conf", device, "forwarding");
        return Files.exists(forwarding) && !Files.readString(forwarding).strip().equals("0");
    }

    private void tellProblem() {
        var now =
                Stream.of(notHeld, notAnnounced).filter(told -> !told.isEmpty()).collect(Collectors.joining("\n"));
        var told = now.isEmpty() ? null : now;
        if (Objects.equals(told, problem)) {
            return;
        }
        problem = told;
        if (told != null) {
            LOG.warn("can't hold {}, trying on: {}", addresses, told);
        } else if (held) {
            LOG.info("this director holds {} at last", addresses);
        }
    }

    /** What ip(8) has to say about some of its commands; empty when it did them all. */
    private static String ip(Stream<String> commands) {
        var batch = commands.map(command -> command + "\n").collect(Collectors.joining());
        if (batch.isEmpty()) {
            return "";
        }
        try {
            var process = new ProcessBuilder("ip", "-force", "-batch", "-")
                    .redirectErrorStream(true)
                    .start();
            try (var in = process.getOutputStream()) {
                in.write(batch.getBytes(StandardCharsets.UTF_8));
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
