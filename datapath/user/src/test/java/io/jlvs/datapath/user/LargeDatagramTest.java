package io.jlvs.datapath.user;

import static io.jlvs.datapath.user.RelayFixture.nat;
import static io.jlvs.datapath.user.RelayFixture.virtual;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LargeDatagramTest {

    private static final int LARGEST_OVER_IPV4 = 65_507;

    @Test
    void relaysTheLargestDatagramWhole() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.datagrams("127.0.0.1");
            var service = relay.udpService("127.0.0.1", nat(server));
            var client = relay.datagrams("127.0.0.1");
            var sent = new byte[LARGEST_OVER_IPV4];
            new Random(1).nextBytes(sent);

            client.send(new DatagramPacket(sent, sent.length, Listener.address(virtual(service))));
            var question = receive(server);
            server.send(new DatagramPacket(question.getData(), question.getLength(), question.getSocketAddress()));
            var answer = receive(client);

            assertThat(bytes(question)).isEqualTo(sent);
            assertThat(bytes(answer)).isEqualTo(sent);
        }
    }

    private static DatagramPacket receive(DatagramSocket at) throws Exception {
        var datagram = new DatagramPacket(new byte[1 << 16], 1 << 16);
        at.receive(datagram);
        return datagram;
    }

    private static byte[] bytes(DatagramPacket datagram) {
        return Arrays.copyOf(datagram.getData(), datagram.getLength());
    }
}
