package io.jlvs.datapath.user;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.event.ConnectionClosed.Cause;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Receives the datagrams of a UDP service and sends the answers. Its sessions live on its event loop. */
final class UdpListener extends SimpleChannelInboundHandler<DatagramPacket> implements Listener {

    private static final int MAX_DATAGRAM = 65_535;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(512 << 10, 1 << 20);

    private final Relay relay;
    private final ServiceKey.Address key;
    private final Channel channel;
    private final Map<InetSocketAddress, UdpSession> sessions = new HashMap<>();

    UdpListener(Relay relay, ServiceKey.Address key) {
        this.relay = relay;
        this.key = key;
        var bound = bootstrap(relay, relay.loops).handler(this).bind(Listener.address(key.virtual()));
        Listener.awaitBound(key, bound);
        this.channel = bound.channel();
    }

    @Override
    public void use(ServiceEntry entry) {}

    /** Answers leave through this socket, so its sessions end with it. */
    @Override
    public void close() {
        channel.eventLoop()
                .execute(() -> List.copyOf(sessions.values()).forEach(session -> session.end(Cause.FINISHED)));
        channel.close().awaitUninterruptibly();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
        var client = datagram.sender();
        var session = sessions.get(client);
        if (session == null) {
            session = new UdpSession(relay, key, this, client, ctx.channel().eventLoop());
            if (!relay.shedding.enter()) {
                session.turnAway();
                return;
            }
            sessions.put(client, session);
            session.begin();
        }
        session.fromClient(datagram.content().retain());
    }

    /** A failed send to one client is no reason to stop for the others. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}

    /** Takes over the content; false when it was dropped. */
    boolean answer(InetSocketAddress client, ByteBuf content) {
        return send(channel, new DatagramPacket(content, client), content);
    }

    /** Sends, or drops what a socket that is full can't take now; false then. Takes over the content. */
    static boolean send(Channel to, Object message, ByteBuf content) {
        if (to.isWritable()) {
            to.writeAndFlush(message, to.voidPromise());
            return true;
        }
        content.release();
        return false;
    }

    /** For sockets that take datagrams of any length. */
    static Bootstrap bootstrap(Relay relay, EventLoopGroup loops) {
        return new Bootstrap()
                .group(loops)
                .channel(relay.transport.datagram())
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
    }

    void forget(InetSocketAddress client) {
        sessions.remove(client);
    }
}
