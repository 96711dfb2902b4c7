package io.jlvs.datapath.user;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.api.event.ConnectionClosed.Cause;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.RefusalReason;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams between one client and the server that it was given. All state belongs to the listener's event loop.
 */
final class UdpSession extends SimpleChannelInboundHandler<DatagramPacket> implements Relayed {

    /** How many datagrams wait for the server to be found; more are dropped, as a full socket buffer would. */
    private static final int MAX_WAITING = 64;

    private final Relay relay;
    private final ServiceKey key;
    private final UdpListener listener;
    private final InetSocketAddress client;
    private final EventLoop loop;
    private final long id;
    private final Flow flow;
    private final long beganNanos = System.nanoTime();
    private final Queue<ByteBuf> waiting = new ArrayDeque<>();

    private Counters.@Nullable Share share;
    private @Nullable Endpoint server;
    private @Nullable Channel channel;
    private boolean ended;
    private long inBytes;
    private long outBytes;
    private volatile long lastMovedNanos = beganNanos;

    UdpSession(Relay relay, ServiceKey.Address key, UdpListener listener, InetSocketAddress client, EventLoop loop) {
        this.relay = relay;
        this.key = key;
        this.listener = listener;
        this.client = client;
        this.loop = loop;
        this.id = relay.nextId();
        this.flow = new Flow(Protocol.UDP, Listener.endpoint(client), key.virtual());
    }

    /** Starts the session, whose place {@link Shedding} has. */
    void begin() {
        relay.relayed.add(this);
        relay.upcalls.schedule(new ConnectionRequested(relay.clock.millis(), id, key, flow, Set.of()), this::answered);
    }

    /** Drops the client's datagram for want of a place. */
    void turnAway() {
        refused(RefusalReason.OVERLOAD);
    }

    /** Takes over the content. */
    void fromClient(ByteBuf content) {
        if (channel != null) {
            toServer(channel, content);
        } else if (!ended && waiting.size() < MAX_WAITING) {
            waiting.add(content);
        } else {
            content.release();
        }
    }

    private void toServer(Channel to, ByteBuf content) {
        inBytes += content.readableBytes();
        moved(Direction.IN, content.readableBytes());
        to.writeAndFlush(content, to.voidPromise());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
        outBytes += datagram.content().readableBytes();
        moved(Direction.OUT, datagram.content().readableBytes());
        listener.answer(client, datagram.content().retain());
    }

    /** The server's port is closed (ICMP port unreachable): the client's next datagram is scheduled anew. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(Cause.SERVER_RESET);
    }

    private void answered(Decision decision) {
        switch (decision) {
            case Decision.Refuse(var reason) -> loop.execute(() -> refuse(reason));
            case Decision.Forward forward -> {
                var taken = relay.counters.take(forward.id(), false);
                loop.execute(() -> connect(forward, taken));
            }
        }
    }

    private void connect(Decision.Forward forward, Counters.Share taken) {
        share = taken;
        var mode = relay.mode(forward.server().mode());
        if (ended || mode == null) {
            release();
            refuse(RefusalReason.UNREACHABLE);
            return;
        }
        server = forward.server().endpoint();
        new Bootstrap()
                .group(loop)
                .channel(relay.transport.datagram())
                .handler(this)
                .connect(Listener.address(mode.destination(flow, forward.server())))
                .addListener(this::connected);
    }

    private void connected(io.netty.util.concurrent.Future<?> connected) {
        var to = ((ChannelFuture) connected).channel();
        if (ended || !connected.isSuccess()) {
            to.close();
            release();
            refuse(RefusalReason.UNREACHABLE);
            return;
        }
        channel = to;
        if (share != null) {
            share.opened();
        }
        if (server != null) {
            relay.upcalls.publish(new ConnectionOpened(relay.clock.millis(), id, key, flow, server, 0));
        }
        for (var content = waiting.poll(); content != null; content = waiting.poll()) {
            toServer(to, content);
        }
    }

    private void moved(Direction direction, int bytes) {
        lastMovedNanos = System.nanoTime();
        if (share != null) {
            share.packet(direction, bytes);
        }
    }

    @Override
    public void end(Cause cause) {
        if (loop.inEventLoop()) {
            endHere(cause);
        } else {
            loop.execute(() -> endHere(cause));
        }
    }

    private void endHere(Cause cause) {
        if (ended) {
            return;
        }
        ended = true;
        listener.forget(client);
        relay.relayed.remove(this);
        relay.shedding.leave();
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        if (channel == null || server == null) {
            return; // what is being connected or asked for is released when the answer comes
        }
        channel.close();
        release();
        relay.upcalls.publish(new ConnectionClosed(
                relay.clock.millis(), id, key, flow, server, inBytes, outBytes, System.nanoTime() - beganNanos, cause));
    }

    private void refuse(RefusalReason reason) {
        if (!ended) {
            refused(reason);
            end(Cause.FINISHED);
        }
    }

    private void refused(RefusalReason reason) {
        relay.upcalls.publish(new ConnectionRefused(relay.clock.millis(), id, key, flow, reason));
    }

    private void release() {
        if (share != null) {
            share.release();
            share = null;
        }
    }

    @Override
    public long lastMovedNanos() {
        return lastMovedNanos;
    }

    @Override
    public long idleTimeoutNanos() {
        return relay.options.udpIdleTimeout().toNanos();
    }
}
