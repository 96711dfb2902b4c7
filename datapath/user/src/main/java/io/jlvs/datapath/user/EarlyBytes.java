package io.jlvs.datapath.user;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps what a client has sent before its server is there. Nobody asks for these bytes, but a FIN makes Netty read what
 * the kernel has, so there is at most one receive buffer of them.
 */
final class EarlyBytes extends ChannelInboundHandlerAdapter {

    private final Queue<Object> early = new ArrayDeque<>(1);

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        early.add(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            early.add(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        early.forEach(ReferenceCountUtil::release);
        early.clear();
    }

    /** Lets another handler go on with what came and with what comes. */
    void handOver(ChannelPipeline pipeline, RelayHandler next) {
        pipeline.addLast(next);
        var ctx = pipeline.context(this);
        for (var one = early.poll(); one != null; one = early.poll()) {
            if (one instanceof ChannelInputShutdownEvent) {
                ctx.fireUserEventTriggered(one);
            } else {
                ctx.fireChannelRead(one);
            }
        }
        ctx.fireChannelReadComplete();
        pipeline.remove(this);
    }
}
