package io.jlvs.scheduler.hash;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** What IPVS hashes of an address and a port. */
final class HashKey {

    private HashKey() {}

    /** An IPv4 address as a number, or the words of an IPv6 one by exclusive or; plus the port, cut to 32 bits. */
    static int of(InetAddress address, int port) {
        var words = ByteBuffer.wrap(address.getAddress()).asIntBuffer();
        int folded = 0;
        while (words.hasRemaining()) {
            folded ^= words.get();
        }
        return folded + port;
    }
}
