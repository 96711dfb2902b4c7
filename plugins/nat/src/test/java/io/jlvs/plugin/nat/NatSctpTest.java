package io.jlvs.plugin.nat;

import static io.jlvs.datapath.ebpf.Conversation.CLIENT_PORT;
import static io.jlvs.datapath.ebpf.Conversation.PORT;
import static io.jlvs.datapath.ebpf.Conversation.SERVER_PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.PacketAssert;
import io.jlvs.api.testing.packet.Sctp;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.Family;
import io.jlvs.datapath.ebpf.ProgramBench;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An SCTP association through the director: ports, checksum, states as the kernel's IPVS has them. */
class NatSctpTest {

    private static final int DATA = 0;
    private static final int INIT = 1;
    private static final int INIT_ACK = 2;
    private static final int ABORT = 6;
    private static final int SHUTDOWN = 7;
    private static final int SHUTDOWN_ACK = 8;
    private static final int COOKIE_ECHO = 10;
    private static final int COOKIE_ACK = 11;
    private static final int SHUTDOWN_COMPLETE = 14;

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Nat());

    @ParameterizedTest
    @EnumSource(
            value = Conversation.class,
            names = {"TCP4", "TCP6"})
    void portsAndChecksumAreRightOfPacketsOfAnyLength(Conversation conversation) {
        open(conversation);
        var random = new Random(1);

        for (int length : new int[] {4, 5, 16, 17, 100, 255, 256, 1000, 1001, 1400}) {
            var data = new byte[length];
            random.nextBytes(data);
            data[0] = DATA;
            var sent = BENCH.send(
                    client(conversation).tag(random.nextInt(Integer.MAX_VALUE)).payload(data));
            var answer = BENCH.send(
                    server(conversation).tag(random.nextInt(Integer.MAX_VALUE)).payload(data));

            PacketAssert.assertThat(sent.sent()).hasCorrectChecksums();
            assertThat(sent.sent().get(Sctp.class).destinationPort()).isEqualTo(SERVER_PORT);
            PacketAssert.assertThat(answer.sent()).hasCorrectChecksums();
            assertThat(answer.sent().get(Sctp.class).sourcePort()).isEqualTo(PORT);
        }
    }

    @Test
    void aPacketIsTheSameButForAddressesPortAndChecksum() {
        open(Conversation.TCP4);
        Packet packet = client(Conversation.TCP4).tag(42).payload("a data chunk");

        PacketAssert.assertThat(BENCH.send(packet).sent())
                .isPacket(Frame.parseIp(Family.between(Family.hop(packet), Family.IPV4.client(), Family.IPV4.server())
                        .change(Sctp.class, sctp -> sctp.destinationPort(SERVER_PORT))
                        .frame()
                        .networkBytes()));
    }

    @Test
    void aChecksumThatIsLeftToTheDeviceStaysOpen() {
        open(Conversation.TCP4);

        var sent = BENCH.send(client(Conversation.TCP4).checksum(0).payload("a data chunk"));

        assertThat(sent.sent().get(Sctp.class).checksum()).isZero();
    }

    @Test
    void statesFollowBothSides() {
        balance(Conversation.TCP4);

        fromClient(INIT);
        assertThat(BENCH.states()).containsExactly("INIT1");
        fromServer(INIT_ACK);
        assertThat(BENCH.states()).containsExactly("C-SENT");
        fromClient(COOKIE_ECHO);
        assertThat(BENCH.states()).containsExactly("C-REPLIED");
        assertThat(active()).isZero();
        fromServer(COOKIE_ACK);
        assertThat(BENCH.states()).containsExactly("ESTABLISHED");
        assertThat(active()).isOne();
        fromClient(SHUTDOWN);
        assertThat(BENCH.states()).containsExactly("S-RECEIVED");
        fromServer(SHUTDOWN_ACK);
        assertThat(BENCH.states()).containsExactly("S-ACK-SENT");
        fromClient(SHUTDOWN_COMPLETE);
        assertThat(BENCH.states()).containsExactly("CLOSED");
        assertThat(active()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {DATA, INIT_ACK, ABORT, COOKIE_ECHO})
    void onlyInitBeginsAnAssociation(int chunk) {
        balance(Conversation.TCP4);

        BENCH.send(client(Conversation.TCP4).payload(chunk(chunk))).isUntouched();

        assertThat(BENCH.states()).isEmpty();
    }

    private static void open(Conversation conversation) {
        balance(conversation);
        BENCH.send(client(conversation).payload(chunk(INIT))).sent();
    }

    private static void balance(Conversation conversation) {
        BENCH.balance(service(conversation), "nat", server(conversation.family()));
    }

    private static ServiceKey service(Conversation conversation) {
        return new ServiceKey.Address(
                Protocol.SCTP, Endpoint.of(conversation.family().vip(), PORT));
    }

    private static Endpoint server(Family family) {
        return Endpoint.of(family.server(), SERVER_PORT);
    }

    private static Sctp client(Conversation conversation) {
        return conversation.fromClient().sctp(CLIENT_PORT, PORT);
    }

    private static Sctp server(Conversation conversation) {
        return conversation.fromServer().sctp(SERVER_PORT, CLIENT_PORT);
    }

    private static void fromClient(int chunk) {
        BENCH.send(client(Conversation.TCP4).payload(chunk(chunk))).sent();
    }

    private static void fromServer(int chunk) {
        BENCH.send(server(Conversation.TCP4).payload(chunk(chunk))).sent();
    }

    private static byte[] chunk(int type) {
        return ByteBuffer.allocate(20)
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) 20)
                .array();
    }

    private static int active() {
        return BENCH.dataPath()
                .load(new ServerId(service(Conversation.TCP4), server(Family.IPV4)))
                .active();
    }
}
