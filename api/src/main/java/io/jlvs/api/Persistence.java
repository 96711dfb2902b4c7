package io.jlvs.api;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a client on the server that it was given before.
 *
 * @param timeoutSeconds 1..2678400 (31 days) since the client's last new connection
 * @param netmask which clients count as one; all ones means each address for itself. an IPv4 mask need
 *     not be contiguous, an IPv6 mask is a prefix, as in IPVS
 * @param engine name of a persistence engine ({@code ipvsadm --pe}), or null for the address alone
 */
public record Persistence(
        int timeoutSeconds, InetAddress netmask, @Nullable String engine) {

    /** What {@code ipvsadm -p} without a number means. */
    public static final int DEFAULT_TIMEOUT_SECONDS = 360;

    /** 31 days, the longest that ipvsadm takes. */
    public static final int MAX_TIMEOUT_SECONDS = 31 * 24 * 60 * 60;

    public Persistence {
        if (timeoutSeconds < 1 || timeoutSeconds > MAX_TIMEOUT_SECONDS) {
            throw new IllegalArgumentException(
                    "persistence timeout " + timeoutSeconds + " s is outside 1.." + MAX_TIMEOUT_SECONDS);
        }
        if (netmask instanceof Inet6Address && !netmask.equals(prefixMask(AddressFamily.IPV6, bits(netmask)))) {
            throw new IllegalArgumentException("IPv6 netmask " + Addresses.format(netmask) + " is no prefix");
        }
    }

    /** Persistence of single addresses of a family. */
    public static Persistence of(int timeoutSeconds, AddressFamily family) {
        return new Persistence(timeoutSeconds, fullMask(family), null);
    }

    /** The mask under which each address stands for itself. */
    public static InetAddress fullMask(AddressFamily family) {
        return prefixMask(family, family == AddressFamily.IPV4 ? 32 : 128);
    }

    /**
     * The mask with so many leading ones.
     *
     * @param prefix 0..32 or 0..128
     */
    public static InetAddress prefixMask(AddressFamily family, int prefix) {
        var mask = new byte[family == AddressFamily.IPV4 ? 4 : 16];
        if (prefix < 0 || prefix > 8 * mask.length) {
            throw new IllegalArgumentException("prefix " + prefix + " is outside 0.." + 8 * mask.length);
        }
        for (int bit = 0; bit < prefix; bit++) {
            mask[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return address(mask);
    }

    /** How many bits of the mask are one. */
    public int prefix() {
        return bits(netmask);
    }

    /** Whether each address stands for itself. */
    public boolean isSingleAddress() {
        return prefix() == 8 * netmask.getAddress().length;
    }

    /** The network that stands for a client; the client itself when its family is not the mask's. */
    public InetAddress mask(InetAddress client) {
        if (isSingleAddress() || client instanceof Inet4Address != netmask instanceof Inet4Address) {
            return client;
        }
        var masked = client.getAddress();
        var mask = netmask.getAddress();
        for (int i = 0; i < masked.length; i++) {
            masked[i] &= mask[i];
        }
        return address(masked);
    }

    private static int bits(InetAddress mask) {
        int bits = 0;
        for (byte b : mask.getAddress()) {
            bits += Integer.bitCount(b & 0xff);
        }
        return bits;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }
}
