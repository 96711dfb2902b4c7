package io.jlvs.plugin.nat;

import static io.jlvs.datapath.ebpf.Conversation.SERVER_PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.testing.packet.Verdict;
import io.jlvs.api.testing.packet.Verified;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.ProgramBench;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets over veth, whose checksum nobody has computed yet: the sum of the pseudo-header stands for it. */
class PartialChecksumTest {

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Nat());

    @ParameterizedTest
    @EnumSource
    void staysPartialForTheNewAddresses(Conversation conversation) {
        BENCH.balance(
                conversation.service(), "nat", Endpoint.of(conversation.family().server(), SERVER_PORT));

        var _ = BENCH.onClient(() -> say(conversation));

        var frame = BENCH.arrived(1).getFirst();
        assertThat(frame.checksums()).extracting(Verified::verdict).last().isEqualTo(Verdict.PARTIAL);
        assertThat(frame.describe()).contains(conversation.family().server(), " > " + SERVER_PORT);
    }

    private static boolean say(Conversation conversation) throws IOException {
        var vip = new InetSocketAddress(conversation.family().vip(), Conversation.PORT);
        if (conversation.isTcp()) {
            try (var channel = SocketChannel.open()) {
                channel.configureBlocking(false);
                return channel.connect(vip);
            }
        }
        try (var channel = DatagramChannel.open()) {
            return channel.send(ByteBuffer.wrap(new byte[20]), vip) > 0;
        }
    }
}
