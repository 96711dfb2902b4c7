package io.jlvs.datapath.ebpf;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.testing.packet.Ethernet;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.RecordedFrames;
import io.jlvs.api.testing.packet.TcpFlag;

/** A client's port 40000 and the service's port 80: what they say, in each protocol of each family. */
public enum Conversation {
    TCP4(Protocol.TCP, Family.IPV4),
    UDP4(Protocol.UDP, Family.IPV4),
    TCP6(Protocol.TCP, Family.IPV6),
    UDP6(Protocol.UDP, Family.IPV6);

    /** The client's frames to the director. */
    public static final Ethernet CLIENT_LINK =
            Packet.ethernet(RecordedFrames.CLIENT, RecordedFrames.DIRECTOR_CLIENT_SIDE);

    public static final int CLIENT_PORT = 40000;
    public static final int PORT = 80;

    /** Where servers listen in nat. */
    public static final int SERVER_PORT = 8080;

    private final Protocol protocol;
    private final Family family;

    Conversation(Protocol protocol, Family family) {
        this.protocol = protocol;
        this.family = family;
    }

    public boolean isTcp() {
        return protocol == Protocol.TCP;
    }

    public Family family() {
        return family;
    }

    public ServiceKey service() {
        return new ServiceKey.Address(protocol, Endpoint.of(family.vip(), PORT));
    }

    /** The server on the service's port. */
    public Endpoint server() {
        return Endpoint.of(family.server(), PORT);
    }

    /** The client's IP header on its link to the director. */
    public Packet fromClient() {
        return fromClient(CLIENT_LINK);
    }

    /** The client's IP header on a link. */
    public Packet fromClient(Packet link) {
        return family.ip(link, family.client(), family.vip());
    }

    /** A server's IP header on its link to the director. */
    public Packet fromServer() {
        var link = Packet.ethernet(RecordedFrames.SERVER, RecordedFrames.DIRECTOR_SERVER_SIDE);
        return family.ip(link, family.server(), family.client());
    }

    /** The client's first packet. */
    public Packet opening() {
        return opening(fromClient());
    }

    /** The same on other headers. */
    public Packet opening(Packet below) {
        return isTcp()
                ? below.tcp(CLIENT_PORT, PORT).flags(TcpFlag.SYN).options((byte) 2, (byte) 4, (byte) 5, (byte) 0xb4)
                : below.udp(CLIENT_PORT, PORT).payload("question");
    }

    /** What the client says next. */
    public Packet following() {
        return data(fromClient(), CLIENT_PORT, PORT);
    }

    /** The same with a VLAN tag. */
    public Packet tagged() {
        return data(fromClient(CLIENT_LINK.vlan(7)), CLIENT_PORT, PORT);
    }

    /** What the server says, which listens on {@link #SERVER_PORT}. */
    public Packet answer() {
        return data(fromServer(), SERVER_PORT, CLIENT_PORT);
    }

    /** Data. */
    public Packet data(Packet below, int sourcePort, int destinationPort) {
        return isTcp()
                ? below.tcp(sourcePort, destinationPort)
                        .flags(TcpFlag.ACK, TcpFlag.PSH)
                        .payload("some more")
                : below.udp(sourcePort, destinationPort).payload("some more");
    }
}
