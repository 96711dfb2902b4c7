package io.jlvs.bench;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Random;

/** Flows of clients drawn at random, the same in every run, to one of 256 virtual addresses. */
final class Clients {

    private static final long SEED = 42;

    private Clients() {}

    static Flow[] flows(int count) {
        var random = new Random(SEED);
        var flows = new Flow[count];
        for (int i = 0; i < count; i++) {
            var client = new Endpoint(address(0x0a000000 | random.nextInt(1 << 24)), 1024 + random.nextInt(60_000));
            flows[i] = new Flow(Protocol.TCP, client, new Endpoint(address(0x0a640000 | random.nextInt(256)), 80));
        }
        return flows;
    }

    private static InetAddress address(int ipv4) {
        try {
            return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(ipv4).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 bytes are always an address", e);
        }
    }
}
