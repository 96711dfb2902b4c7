package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Conversation.CLIENT_PORT;
import static io.jlvs.datapath.ebpf.Conversation.PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.MATCH_ALL;

import io.jlvs.api.RealServer;
import io.jlvs.api.VirtualService;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Ipv4;
import io.jlvs.api.testing.packet.Ipv6;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.PacketAssert;
import io.jlvs.api.testing.packet.Udp;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every forwarding mode does with the packets of a client. */
public abstract class KernelModeContract {

    /** Of IP packets and their fragments. */
    protected static final int ID = 4711;

    protected abstract ProgramBench bench();

    /** The server that gets the client's packets. */
    protected abstract RealServer server(Conversation conversation);

    /**
     * A packet of the client's as it leaves for the server.
     *
     * @param sent what has left, for what can't be foretold
     */
    protected abstract Packet forwarded(Packet packet, Conversation conversation, Frame sent);

    /** The same of a piece of a packet. */
    protected Packet forwardedPiece(Packet whole, int piece, int mtu, Conversation conversation, Frame sent) {
        return forwarded(whole, conversation, sent).fragments(mtu, ID).get(piece);
    }

    protected final void balance(Conversation conversation) {
        bench().apply(ProgramBench.entry(VirtualService.of(conversation.service(), "rr"), server(conversation)));
    }

    /** A connection that is established. */
    protected final void open(Conversation conversation) {
        balance(conversation);
        bench().send(conversation.opening()).sent();
    }

    protected final void assertForwarded(Packet packet, Conversation conversation) {
        var sent = bench().send(packet).sent();
        PacketAssert.assertThat(sent).isPacket(network(forwarded(packet, conversation, sent)));
    }

    protected static Frame network(Packet packet) {
        return Frame.parseIp(packet.frame().networkBytes());
    }

    @ParameterizedTest
    @EnumSource
    void firstPacketGoesToTheServer(Conversation conversation) {
        balance(conversation);

        assertForwarded(conversation.opening(), conversation);
    }

    @ParameterizedTest
    @EnumSource
    void establishedPacketGoesToTheServer(Conversation conversation) {
        open(conversation);

        assertForwarded(conversation.following(), conversation);
    }

    @ParameterizedTest
    @EnumSource
    void driverDoesTheSameAsTrafficControl(Conversation conversation) {
        open(conversation);
        bench().send(conversation.following());

        var express = bench().sendExpress(df(conversation.following()));

        var sent = bench().send(df(conversation.following())).sent();
        PacketAssert.assertThat(express.sentByDriver()).isPacket(sent);
    }

    @ParameterizedTest
    @EnumSource
    void driverLeavesFirstPacketsToTrafficControl(Conversation conversation) {
        balance(conversation);

        bench().sendExpress(conversation.opening()).isLeftByDriver();
    }

    @ParameterizedTest
    @EnumSource
    void otherFieldsOfTheHeaderStay(Conversation conversation) {
        open(conversation);
        var packet = conversation
                .following()
                .change(Ipv4.class, ip -> ip.tos(0xb9).id(ID).df().ttl(3))
                .change(
                        Ipv6.class,
                        ip -> ip.trafficClass(0xb9).flowLabel(0x12345).hopLimit(3));

        assertForwarded(packet, conversation);
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ALL, names = ".*4")
    void ipOptionsStay(Conversation conversation) {
        balance(conversation);
        var loose = conversation.opening().change(Ipv4.class, ip -> ip.options((byte) 1, (byte) 1, (byte) 1));
        var full = conversation.following().change(Ipv4.class, ip -> ip.options(new byte[40]));

        assertForwarded(loose, conversation);
        assertForwarded(full, conversation);
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ALL, names = ".*6")
    void extensionHeadersStay(Conversation conversation) {
        open(conversation);
        var ip = conversation.fromClient();
        var headers = List.of(
                ip.destinationOptions(),
                ip.hopByHop(),
                ip.hopByHop(new byte[70]),
                ip.hopByHop(new byte[400]),
                ip.routing(4, 0, new byte[20]),
                ip.hopByHop().destinationOptions().routing(4, 0, new byte[20]).destinationOptions(new byte[20]));

        for (var below : headers) {
            assertForwarded(conversation.data(below, CLIENT_PORT, PORT), conversation);
        }
    }

    @ParameterizedTest
    @EnumSource
    void vlanTagsAreTakenOff(Conversation conversation) {
        balance(conversation);
        var link = Conversation.CLIENT_LINK;

        for (var tagged : List.of(link.vlan(7), link.qinq(1, 4095))) {
            var ip = conversation
                    .family()
                    .ip(
                            tagged,
                            conversation.family().client(),
                            conversation.family().vip());
            assertForwarded(conversation.opening(ip), conversation);
            assertForwarded(conversation.data(ip, CLIENT_PORT, PORT), conversation);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP4", "UDP6"})
    void absentChecksumStaysAbsent(Conversation conversation) {
        balance(conversation);
        var packet = conversation.opening().change(Udp.class, Udp::noChecksum);

        assertForwarded(packet, conversation);
        assertForwarded(packet, conversation);
    }

    @ParameterizedTest
    @EnumSource
    void paddingIsNoPartOfThePacket(Conversation conversation) {
        open(conversation);
        var packet = conversation.following();

        var sent = bench().send(packet.trailer((byte) 1, (byte) 2, (byte) 3)).sent();

        var expected = network(forwarded(packet, conversation, sent)).bytes();
        assertThat(sent.bytes()).startsWith(expected);
        assertThat(sent.bytes().length - expected.length).isIn(0, 3);
    }

    @ParameterizedTest
    @EnumSource
    void fragmentsFollowTheirFirst(Conversation conversation) {
        open(conversation);
        var whole = large(conversation, 200);
        var pieces = whole.fragments(100, ID);

        assertThat(pieces).hasSizeGreaterThan(2);
        for (int i = 0; i < pieces.size(); i++) {
            var sent = bench().send(pieces.get(i)).sent();
            PacketAssert.assertThat(sent).isPacket(network(forwardedPiece(whole, i, 100, conversation, sent)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void fragmentWithoutTheFirstPassesUntouched(Conversation conversation) {
        open(conversation);
        var pieces = large(conversation, 200).fragments(100, ID);

        bench().send(pieces.get(1)).isUntouched();
        bench().send(pieces.getLast()).isUntouched();
    }

    @ParameterizedTest
    @EnumSource
    void fragmentOfAnotherDatagramPassesUntouched(Conversation conversation) {
        open(conversation);

        bench().send(large(conversation, 200).fragments(100, ID).getFirst()).sent();

        bench().send(large(conversation, 200).fragments(100, ID + 1).getLast()).isUntouched();
    }

    /** Data of so many bytes. */
    protected static Packet large(Conversation conversation, int size) {
        return conversation
                .data(conversation.fromClient(), CLIENT_PORT, PORT)
                .below()
                .payloadOfLength(size);
    }

    /** The same, not to be fragmented. */
    protected static Packet df(Packet packet) {
        return packet.change(Ipv4.class, Ipv4::df);
    }
}
