package io.jlvs.datapath.user;

import io.jlvs.api.event.ConnectionClosed.Cause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;

/**
 * One side of a connection: what is read here is written there. Reads only when the other side can take more, so a slow
 * reader slows its sender and never fills our memory.
 */
final class RelayHandler extends ChannelInboundHandlerAdapter {

    private final TcpConnection connection;
    private final Direction direction;
    private final Channel other;

    /** @param direction which way bytes read on this side go */
    RelayHandler(TcpConnection connection, Direction direction, Channel other) {
        this.connection = connection;
        this.direction = direction;
        this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        connection.moved(direction, bytes.readableBytes());
        other.write(bytes, other.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        other.flush();
        if (other.isWritable()) {
            ctx.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            other.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> passFinOn());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.end(resetCause());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connection.end(resetCause());
    }

    private void passFinOn() {
        ((DuplexChannel) other).shutdownOutput().addListener(_ -> connection.finished());
    }

    private Cause resetCause() {
        return direction == Direction.IN ? Cause.CLIENT_RESET : Cause.SERVER_RESET;
    }
}
