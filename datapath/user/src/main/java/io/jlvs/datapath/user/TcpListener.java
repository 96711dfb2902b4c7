package io.jlvs.datapath.user;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;

/** Accepts the connections of a TCP service. */
final class TcpListener implements Listener {

    private static final int BACKLOG = 4096;
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 << 10, 128 << 10);

    private final Relay relay;
    private final ServiceKey.Address key;
    private final Channel channel;
    private volatile ServiceEntry entry;

    TcpListener(Relay relay, ServiceKey.Address key, ServiceEntry entry) {
        this.relay = relay;
        this.key = key;
        this.entry = entry;
        var bound = new ServerBootstrap()
                .group(relay.loops)
                .channel(relay.transport.listener())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new AcceptFailures(relay.shedding))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        accept(client);
                    }
                })
                .bind(Listener.address(key.virtual()));
        Listener.awaitBound(key, bound);
        this.channel = bound.channel();
    }

    @Override
    public void use(ServiceEntry next) {
        entry = next;
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }

    private void accept(SocketChannel client) {
        var connection = new TcpConnection(relay, key, entry.service(), client);
        if (relay.shedding.enter()) {
            connection.begin();
        } else {
            connection.turnAway();
        }
    }

    /** Out of descriptors, Netty stops to accept for a second; this only tells. */
    @Sharable
    private static final class AcceptFailures extends ChannelInboundHandlerAdapter {

        private final Shedding shedding;

        AcceptFailures(Shedding shedding) {
            this.shedding = shedding;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (Shedding.isOutOfDescriptors(cause)) {
                shedding.outOfDescriptors();
            }
            ctx.fireExceptionCaught(cause);
        }
    }
}
