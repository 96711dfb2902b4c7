package io.jlvs.datapath.ebpf;

/**
 * A frame as a program has copied it. Over veth its TCP or UDP checksum may be unfinished (CHECKSUM_PARTIAL): the sum of
 * the pseudo header alone, the rest left to the device. A copy has lost the note of that, so it is finished here.
 */
final class CapturedPacket {

    private static final int ETHERNET = 14;
    private static final int VLAN = 4;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;

    private final byte[] frame;

    private CapturedPacket(byte[] frame) {
        this.frame = frame;
    }

    /** Finishes the checksum of a frame where it is unfinished; leaves every other frame as it is. */
    static void finishChecksum(byte[] frame) {
        new CapturedPacket(frame).finish();
    }

    private void finish() {
        var l3 = ETHERNET;
        while (l3 + 2 <= frame.length && isVlan(word(l3 - 2))) {
            l3 += VLAN;
        }
        if (l3 + 20 > frame.length) {
            return;
        }
        switch (word(l3 - 2)) {
            case 0x0800 -> finishIpv4(l3);
            case 0x86dd -> finishIpv6(l3);
            default -> {}
        }
    }

    private void finishIpv4(int l3) {
        var header = 4 * (frame[l3] & 0xf);
        var fragmented = (word(l3 + 6) & 0x3fff) != 0;
        if (!fragmented) {
            finishTransport(frame[l3 + 9], l3 + 12, 8, l3 + header, l3 + word(l3 + 2));
        }
    }

    private void finishIpv6(int l3) {
        if (l3 + 40 <= frame.length) {
            finishTransport(frame[l3 + 6], l3 + 8, 32, l3 + 40, l3 + 40 + word(l3 + 4));
        }
    }

    private void finishTransport(int protocol, int addresses, int addressBytes, int begin, int end) {
        var at = begin + (protocol == TCP ? TCP_CHECKSUM : UDP_CHECKSUM);
        if ((protocol != TCP && protocol != UDP) || end > frame.length || at + 2 > end) {
            return;
        }
        var pseudo = sum(addresses, addresses + addressBytes) + protocol + (end - begin);
        if (word(at) != fold(pseudo)) {
            return;
        }
        put(at, 0);
        var checksum = ~fold(pseudo + sum(begin, end)) & 0xffff;
        put(at, checksum == 0 && protocol == UDP ? 0xffff : checksum);
    }

    private long sum(int from, int to) {
        long sum = 0;
        for (int i = from; i + 1 < to; i += 2) {
            sum += word(i);
        }
        return (to - from) % 2 == 0 ? sum : sum + ((frame[to - 1] & 0xff) << 8);
    }

    private static int fold(long sum) {
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) sum;
    }

    private static boolean isVlan(int type) {
        return type == 0x8100 || type == 0x88a8;
    }

    private int word(int at) {
        return (frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff);
    }

    private void put(int at, int word) {
        frame[at] = (byte) (word >> 8);
        frame[at + 1] = (byte) word;
    }
}
