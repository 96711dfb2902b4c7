package io.jlvs.plugin.nat;

import static io.jlvs.datapath.ebpf.Conversation.CLIENT_PORT;
import static io.jlvs.datapath.ebpf.Conversation.PORT;
import static io.jlvs.datapath.ebpf.Conversation.SERVER_PORT;

import io.jlvs.api.Endpoint;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Icmp;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.PacketAssert;
import io.jlvs.api.testing.packet.RecordedFrames;
import io.jlvs.api.testing.packet.Tcp;
import io.jlvs.api.testing.packet.Udp;
import io.jlvs.datapath.ebpf.Conversation;
import io.jlvs.datapath.ebpf.Family;
import io.jlvs.datapath.ebpf.ProgramBench;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * ICMP errors about translated packets. Who gets one finds in it the packet that it has sent, but for the checksum behind
 * the quoted IP header, which stays as the other side saw it.
 */
class NatErrorsTest {

    private static final Packet SERVER_LINK =
            Packet.ethernet(RecordedFrames.SERVER, RecordedFrames.DIRECTOR_SERVER_SIDE);
    private static final List<Function<Packet, Icmp>> ERRORS =
            List.of(ip -> ip.icmpUnreachable(3), ip -> ip.icmpTooBig(1280), ip -> ip.icmpTimeExceeded());

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(new Nat());

    private static void open(Conversation conversation) {
        BENCH.balance(
                conversation.service(), "nat", Endpoint.of(conversation.family().server(), SERVER_PORT));
        BENCH.send(conversation.opening()).sent();
    }

    /** What the client has sent as the server sees it, with its checksum. */
    private static Packet asServerSees(Conversation conversation) {
        var family = conversation.family();
        return conversation.data(family.ip(Packet.bare(), family.client(), family.server()), CLIENT_PORT, SERVER_PORT);
    }

    private static Packet asClientSent(Conversation conversation, int checksum) {
        var family = conversation.family();
        return withChecksum(
                conversation.data(family.ip(Packet.bare(), family.client(), family.vip()), CLIENT_PORT, PORT),
                checksum);
    }

    /** What the server has answered as the client sees it. */
    private static Packet asClientSees(Conversation conversation) {
        var family = conversation.family();
        return conversation.data(family.ip(Packet.bare(), family.vip(), family.client()), PORT, CLIENT_PORT);
    }

    private static Packet asServerSent(Conversation conversation, int checksum) {
        var family = conversation.family();
        return withChecksum(
                conversation.data(family.ip(Packet.bare(), family.server(), family.client()), SERVER_PORT, CLIENT_PORT),
                checksum);
    }

    private static int checksum(Packet packet) {
        var frame = packet.frame();
        return frame.find(Tcp.class)
                .map(Tcp::checksum)
                .orElseGet(() -> frame.get(Udp.class).checksum());
    }

    private static Packet withChecksum(Packet packet, int checksum) {
        return packet.change(Tcp.class, tcp -> tcp.checksum(checksum)).change(Udp.class, udp -> udp.checksum(checksum));
    }

    private static Frame network(Packet packet) {
        return Frame.parseIp(packet.frame().networkBytes());
    }

    @ParameterizedTest
    @EnumSource
    void serversErrorReachesTheClientFromTheVip(Conversation conversation) {
        open(conversation);
        var family = conversation.family();
        var quoted = asServerSees(conversation);
        var whole = network(quoted).bytes().length;
        var expected = asClientSent(conversation, checksum(quoted));

        for (var error : ERRORS) {
            for (int size = least(conversation); size <= whole; size++) {
                var sent = BENCH.send(error.apply(conversation.fromServer()).quoting(quoted, size))
                        .sent();
                PacketAssert.assertThat(sent)
                        .isPacket(error.apply(Family.ttl(family.ip(Packet.bare(), family.vip(), family.client()), 63))
                                .quoting(expected, size));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void routersErrorReachesTheClientFromTheVip(Conversation conversation) {
        open(conversation);
        var family = conversation.family();
        var router = family == Family.IPV4 ? "10.0.1.9" : "fd00:1::9";
        var quoted = asServerSees(conversation);

        var sent = BENCH.send(family.ip(SERVER_LINK, router, family.client())
                        .icmpTooBig(1280)
                        .quoting(quoted))
                .sent();

        PacketAssert.assertThat(sent)
                .isPacket(Family.ttl(family.ip(Packet.bare(), family.vip(), family.client()), 63)
                        .icmpTooBig(1280)
                        .quoting(asClientSent(conversation, checksum(quoted))));
    }

    @ParameterizedTest
    @EnumSource
    void clientsErrorReachesTheServer(Conversation conversation) {
        open(conversation);
        var family = conversation.family();
        var quoted = asClientSees(conversation);
        var expected = asServerSent(conversation, checksum(quoted));

        for (var error : ERRORS) {
            for (var sender : List.of(family.client(), family == Family.IPV4 ? "10.0.0.9" : "fd00::9")) {
                var sent = BENCH.send(error.apply(family.ip(Conversation.CLIENT_LINK, sender, family.vip()))
                                .quoting(quoted))
                        .sent();
                PacketAssert.assertThat(sent)
                        .isPacket(error.apply(Family.ttl(family.ip(Packet.bare(), sender, family.server()), 63))
                                .quoting(expected));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void errorAboutAnotherPortPassesUntouched(Conversation conversation) {
        open(conversation);
        var family = conversation.family();
        var other = conversation.data(family.ip(Packet.bare(), family.vip(), family.client()), PORT, CLIENT_PORT + 1);

        BENCH.send(conversation.fromClient().icmpUnreachable(3).quoting(other)).isUntouched();
    }

    @ParameterizedTest
    @EnumSource
    void errorThatQuotesTooLittlePassesUntouched(Conversation conversation) {
        open(conversation);

        for (int size = 0; size < least(conversation) - 4; size++) {
            BENCH.send(conversation.fromClient().icmpUnreachable(3).quoting(asClientSees(conversation), size))
                    .isUntouched();
        }
    }

    @ParameterizedTest
    @EnumSource
    void echoPassesUntouched(Conversation conversation) {
        open(conversation);

        BENCH.send(conversation.fromClient().icmpEcho(1, 2).payload("ping")).isUntouched();
        BENCH.send(conversation.fromServer().icmpEchoReply(1, 2).payload("ping"))
                .isUntouched();
    }

    /** IP header and 8 bytes (RFC 792). */
    private static int least(Conversation conversation) {
        return conversation.family() == Family.IPV4 ? 28 : 48;
    }
}
