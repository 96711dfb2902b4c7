package io.jlvs.api.datapath;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A setting of IPVS, {@code net.ipv4.vs.NAME}, with the default and range that a kernel gives it. The kernel's document
 * ipvs-sysctl says what each is for; docs/sysctl.md, what it does here. One that is on or off is on for any number but 0.
 */
public enum Sysctl {
    /** How many packets drop_packet 3 lets one be dropped of. */
    AM_DROPRATE(10),
    /** Pages of free memory below which the automatic modes of defence begin. */
    AMEMTHRESH(1024),
    BACKUP_ONLY(0),
    CACHE_BYPASS(0),
    /** Bits: 1, connections in TIME_WAIT and CLOSE give way to a new one of their port; 2, also one-way ones in FIN_WAIT. */
    CONN_REUSE_MODE(1),
    CONNTRACK(0),
    /** 0 never, 1 and 2 when memory is low, 3 always: entries that look idle or half open are dropped. */
    DROP_ENTRY(0, 0, 3),
    /** 0 never, 1 and 2 when memory is low, 3 always: some packets that would begin a connection are dropped. */
    DROP_PACKET(0, 0, 3),
    /** Whether connections of a removed server end, not wait for it. */
    EXPIRE_NODEST_CONN(0),
    /** Whether templates of a quiesced server are of no more use. */
    EXPIRE_QUIESCENT_TEMPLATE(0),
    IGNORE_TUNNELED(0),
    /** Seconds that lblc remembers an address that nobody asks for. */
    LBLC_EXPIRATION(86_400),
    /** Seconds that lblcr remembers an address that nobody asks for, and after which its set shrinks. */
    LBLCR_EXPIRATION(86_400),
    NAT_ICMP_SEND(0),
    PMTU_DISC(1),
    RUN_ESTIMATION(1),
    SCHEDULE_ICMP(0),
    /** 0 never, 1 and 2 when memory is low, 3 always: the state table that believes a client only after its server. */
    SECURE_TCP(0, 0, 3),
    /** Whether any chunk but ABORT begins an SCTP association. */
    SLOPPY_SCTP(0),
    /** Whether any segment but a reset begins a TCP connection. */
    SLOPPY_TCP(0),
    SNAT_REROUTE(1),
    SYNC_PERSIST_MODE(0),
    SYNC_PORTS(1, 1, 64),
    SYNC_QLEN_MAX(0),
    SYNC_REFRESH_PERIOD(0),
    SYNC_RETRIES(0, 0, 3),
    SYNC_SOCK_SIZE(0),
    /** Two numbers: the packet of a period that is told, and the period. */
    SYNC_THRESHOLD("3 50"),
    SYNC_VERSION(1, 0, 1);

    private static final String PREFIX = "net.ipv4.vs.";
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,10}");
    private static final Pattern TWO_NUMBERS = Pattern.compile("\\d{1,9}\\s+\\d{1,9}");

    private final String defaultValue;
    private final int least;
    private final int most;

    Sysctl(int defaultValue) {
        this(defaultValue, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    Sysctl(int defaultValue, int least, int most) {
        this.defaultValue = Integer.toString(defaultValue);
        this.least = least;
        this.most = most;
    }

    Sysctl(String defaultValue) {
        this.defaultValue = defaultValue;
        this.least = 0;
        this.most = 0;
    }

    /** The one of this name, with {@code net.ipv4.vs.} or without. */
    public static Optional<Sysctl> of(String name) {
        var plain = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
        return Stream.of(values()).filter(sysctl -> sysctl.key().equals(plain)).findFirst();
    }

    /** {@code conn_reuse_mode}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code net.ipv4.vs.conn_reuse_mode}. */
    public String fullName() {
        return PREFIX + key();
    }

    public String defaultValue() {
        return defaultValue;
    }

    /** What values it takes, in words. */
    public String range() {
        if (this == SYNC_THRESHOLD) {
            return "two numbers such as 3 50, the first less than the second unless that is 0";
        }
        if (this == SYNC_PORTS) {
            return "a power of two " + least + ".." + most;
        }
        return least == Integer.MIN_VALUE ? "a whole number" : "a whole number " + least + ".." + most;
    }

    /** A value as it is kept, or nothing when it is out of {@link #range}. */
    Optional<String> read(String text) {
        var value = text.strip();
        if (this == SYNC_THRESHOLD) {
            return Optional.of(value.replaceAll("\\s+", " ")).filter(Sysctl::isThreshold);
        }
        return Optional.of(value)
                .filter(digits -> NUMBER.matcher(digits).matches())
                .map(Long::valueOf)
                .filter(number -> number >= least && number <= most)
                .filter(number -> this != SYNC_PORTS || Long.bitCount(number) == 1)
                .map(String::valueOf);
    }

    private static boolean isThreshold(String text) {
        if (!TWO_NUMBERS.matcher(text).matches()) {
            return false;
        }
        var numbers = text.split(" ", 2);
        int period = Integer.parseInt(numbers[1]);
        return period == 0 || Integer.parseInt(numbers[0]) < period;
    }
}
