package io.jlvs.engine.cluster;

import io.jlvs.api.Addresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * An address that moves from director to director: a VIP, or what real servers of {@code nat} have for a gateway.
 *
 * @param prefix length of the network's part, 0..32 or 0..128
 * @param device the network interface that has it
 */
public record FloatingAddress(InetAddress address, int prefix, String device) {

    private static final Pattern FORM = Pattern.compile("(\\S+?)(?:/(\\d{1,3}))?\\s+dev\\s+(\\S{1,15})");

    /**
     * In the words of ip-address(8): {@code 10.9.0.1/24 dev eth0}; without a prefix the address alone.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static FloatingAddress parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "expected an address and its interface such as 10.9.0.1/24 dev eth0, found '" + text + "'");
        }
        var address = Addresses.parse(form.group(1));
        var most = address instanceof Inet6Address ? 128 : 32;
        var prefix = form.group(2) == null ? most : Integer.parseInt(form.group(2));
        if (prefix > most) {
            throw new IllegalArgumentException("expected a prefix length 0.." + most + ", found '" + text + "'");
        }
        return new FloatingAddress(address, prefix, form.group(3));
    }

    boolean isIpv6() {
        return address instanceof Inet6Address;
    }

    /** Whether an interface's address is this one; the interface that it names for itself does not matter. */
    boolean isAt(InetAddress other) {
        return Arrays.equals(address.getAddress(), other.getAddress());
    }

    /** What {@link #parse} takes. */
    @Override
    public String toString() {
        return Addresses.format(address) + "/" + prefix + " dev " + device;
    }
}
