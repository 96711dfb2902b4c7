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
            waiting.add(content.copy()); // what waits must not keep a whole receive buffer
            content.release();
        } else {
            content.release();
        }
    }

    private void toServer(Channel to, ByteBuf content) {
        var bytes = content.readableBytes();
        if (UdpListener.send(to, content, content)) {
            inBytes += bytes;
            moved(Direction.IN, bytes);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
        var bytes = datagram.content().readableBytes();
        if (listener.answer(client, datagram.content().retain())) {
            outBytes += bytes;
            moved(Direction.OUT, bytes);
        }
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
        server = forward.server().endpoint();
        var destination = ended ? null : relay.destination(flow, forward.server());
        if (destination == null) {
            release();
            refuse(RefusalReason.UNREACHABLE);
            return;
        }
        UdpListener.bootstrap(relay, loop)
                .handler(this)
                .connect(destination)
                .addListener((ChannelFuture connected) -> onLoop(() -> connected(connected)));
    }

    private void connected(ChannelFuture connected) {
        if (!connected.isSuccess()) {
            failed(connected.cause());
        } else if (ended) {
            connected.channel().close();
            release();
        } else {
            open(connected.channel());
        }
    }

    private void failed(Throwable cause) {
        release();
        if (Shedding.isOutOfDescriptors(cause)) {
            relay.shedding.outOfDescriptors();
            refuse(RefusalReason.OVERLOAD);
        } else {
            refuse(RefusalReason.UNREACHABLE);
        }
    }

    private void open(Channel to) {
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
        onLoop(() -> endHere(cause));
    }

    /** A socket that could not even be made fails on a thread that is not the session's. */
    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
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
