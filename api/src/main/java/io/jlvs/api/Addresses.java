package io.jlvs.api;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Addresses as text, in the one form that every listing, payload and label uses. */
public final class Addresses {

    private Addresses() {}

    /**
     * IPv4 in dotted quad, IPv6 as RFC 5952 wants it: lower case, the longest run of two or more zero groups (the
     * first of equals) written as {@code ::}. A scope id is left out.
     */
    public static String format(InetAddress address) {
        return address instanceof Inet4Address ? address.getHostAddress() : formatIpv6(groups(address.getAddress()));
    }

    /**
     * Reads a literal address: IPv4 as four numbers, IPv6 as RFC 4291 has it. No name is ever looked up.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static InetAddress parse(String text) {
        var ipv4 = text.chars().filter(c -> c == '.').count() == 3;
        try {
            if (ipv4 || (text.contains(":") && !text.startsWith("["))) {
                return InetAddress.ofLiteral(text);
            }
        } catch (IllegalArgumentException _) {
            // falls through to the one message
        }
        throw new IllegalArgumentException("'" + text + "' is no IPv4 or IPv6 address");
    }

    private static String formatIpv6(int[] groups) {
        var run = longestZeroRun(groups);
        var text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == run.start()) {
                text.append("::");
                i += run.length() - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    private static int[] groups(byte[] bytes) {
        var groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        return groups;
    }

    private static Run longestZeroRun(int[] groups) {
        var best = new Run(-1, 1);
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > best.length()) {
                best = new Run(i, end - i);
            }
            i = Math.max(i, end - 1);
        }
        return best;
    }

    private record Run(int start, int length) {}
}
