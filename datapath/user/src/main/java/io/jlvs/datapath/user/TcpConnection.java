package io.jlvs.datapath.user;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.api.event.ConnectionClosed.Cause;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.RefusalReason;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client's TCP connection: asks for a server, connects to it or to the next, relays, ends. Nothing is read from the
 * client before a server has accepted, so trying another server never loses a byte. All state belongs to the client's
 * event loop, which serves the server's side too.
 */
final class TcpConnection implements Relayed {

    private final Relay relay;
    private final ServiceKey key;
    private final VirtualService service;
    private final SocketChannel client;
    private final long id;
    private final Flow flow;
    private final long beganNanos = System.nanoTime();
    private final Set<Endpoint> unreachable = new HashSet<>();
    private final EarlyBytes early = new EarlyBytes();

    private Counters.@Nullable Share share;
    private @Nullable Opened opened;
    private boolean ended;
    private int tries;
    private int finished;
    private long inBytes;
    private long outBytes;
    private volatile long lastMovedNanos = beganNanos;

    /** The server's side, once it has accepted. */
    private record Opened(Endpoint server, Channel channel) {}

    TcpConnection(Relay relay, ServiceKey.Address key, VirtualService service, SocketChannel client) {
        this.relay = relay;
        this.key = key;
        this.service = service;
        this.client = client;
        this.id = relay.nextId();
        this.flow = new Flow(Protocol.TCP, Listener.endpoint(client.remoteAddress()), key.virtual());
    }

    /** Starts the connection, whose place {@link Shedding} has. */
    void begin() {
        relay.relayed.add(this);
        client.pipeline().addLast(early);
        client.closeFuture().addListener(_ -> end(opened == null ? Cause.FINISHED : Cause.CLIENT_RESET));
        request();
    }

    /** Turns the client away for want of a place. */
    void turnAway() {
        refused(RefusalReason.OVERLOAD);
        reset(client);
    }

    private void request() {
        relay.upcalls.schedule(
                new ConnectionRequested(relay.clock.millis(), id, key, flow, unreachable), this::answered);
    }

    private void answered(Decision decision) {
        switch (decision) {
            case Decision.Refuse(var reason) -> client.eventLoop().execute(() -> refuse(reason));
            case Decision.Forward forward -> {
                var taken = relay.counters.take(forward.id(), true);
                client.eventLoop().execute(() -> connect(forward, taken));
            }
        }
    }

    private void connect(Decision.Forward forward, Counters.Share taken) {
        share = taken;
        if (ended) {
            release();
            return;
        }
        var server = forward.server().endpoint();
        var destination = relay.destination(flow, forward.server());
        if (destination == null) {
            failed(server);
            return;
        }
        var attemptNanos = System.nanoTime();
        new Bootstrap()
                .group(client.eventLoop())
                .channel(relay.transport.stream())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, TcpListener.WATER_MARK)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        relay.options.connectTimeout().toMillis())
                .handler(new ChannelInboundHandlerAdapter())
                .connect(destination)
                .addListener((ChannelFuture connected) -> onLoop(() -> connected(server, connected, attemptNanos)));
    }

    private void connected(Endpoint server, ChannelFuture connected, long attemptNanos) {
        if (!connected.isSuccess()) {
            failed(server, connected.cause());
        } else if (ended) {
            connected.channel().close();
            release();
        } else {
            open(server, connected.channel(), System.nanoTime() - attemptNanos);
        }
    }

    private void failed(Endpoint server, Throwable cause) {
        if (Shedding.isOutOfDescriptors(cause)) {
            release();
            relay.shedding.outOfDescriptors();
            refuse(RefusalReason.OVERLOAD);
        } else {
            failed(server);
        }
    }

    private void failed(Endpoint server) {
        release();
        unreachable.add(server);
        if (ended) {
            return;
        }
        if (++tries < relay.options.connectTries()) {
            request();
        } else {
            refuse(RefusalReason.UNREACHABLE);
        }
    }

    private void open(Endpoint server, Channel channel, long connectNanos) {
        opened = new Opened(server, channel);
        if (share != null) {
            share.accepted(connectNanos);
        }
        relay.upcalls.publish(new ConnectionOpened(relay.clock.millis(), id, key, flow, server, connectNanos));
        if (service.proxyProtocol() != ProxyProtocol.NONE) {
            ProxyHeader.write(channel, service.proxyProtocol(), flow);
        }
        channel.pipeline().addLast(new RelayHandler(this, Direction.OUT, client));
        early.handOver(client.pipeline(), new RelayHandler(this, Direction.IN, channel));
        channel.read();
    }

    /** So many bytes were read on their way in this direction. */
    void moved(Direction direction, int bytes) {
        lastMovedNanos = System.nanoTime();
        if (direction == Direction.IN) {
            inBytes += bytes;
        } else {
            outBytes += bytes;
        }
        if (share != null) {
            share.bytes(direction, bytes);
        }
    }

    /** One side has sent its FIN and the other has been told. After the second one all is done. */
    void finished() {
        if (share != null) {
            share.deactivate();
        }
        if (++finished == 2) {
            end(Cause.FINISHED);
        }
    }

    @Override
    public void end(Cause cause) {
        onLoop(() -> endHere(cause));
    }

    /** A socket that could not even be made fails on a thread that is not the connection's. */
    private void onLoop(Runnable task) {
        if (client.eventLoop().inEventLoop()) {
            task.run();
        } else {
            client.eventLoop().execute(task);
        }
    }

    private void endHere(Cause cause) {
        if (ended) {
            return;
        }
        ended = true;
        relay.relayed.remove(this);
        relay.shedding.leave();
        close(client, cause);
        if (opened == null) {
            return; // what is being connected or asked for is released when the answer comes
        }
        close(opened.channel(), cause);
        release();
        relay.upcalls.publish(new ConnectionClosed(
                relay.clock.millis(),
                id,
                key,
                flow,
                opened.server(),
                inBytes,
                outBytes,
                System.nanoTime() - beganNanos,
                cause));
    }

    private void refuse(RefusalReason reason) {
        if (!ended) {
            refused(reason);
            reset(client); // and that ends it
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

    private static void close(Channel channel, Cause cause) {
        if (cause == Cause.FINISHED) {
            channel.close();
        } else {
            reset(channel);
        }
    }

    /** Closes so that the other end sees RST instead of FIN. */
    private static void reset(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    @Override
    public long lastMovedNanos() {
        return lastMovedNanos;
    }

    @Override
    public long idleTimeoutNanos() {
        return relay.options.tcpIdleTimeout().toNanos();
    }
}
