package io.jlvs.datapath.user;

import io.jlvs.datapath.user.UserDataPathOptions.TransportChoice;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/**
 * One of the kernel's ways to wait for sockets, with the channel classes that go with it. Why epoll is missing and NIO is
 * the default: docs/adr/0004.
 */
record Transport(
        String name,
        IoHandlerFactory ioHandlers,
        Class<? extends ServerSocketChannel> listener,
        Class<? extends SocketChannel> stream,
        Class<? extends DatagramChannel> datagram) {

    /**
     * The transport for a choice.
     *
     * @throws IllegalStateException if the kernel does not have it, with the reason
     */
    static Transport of(TransportChoice choice) {
        return switch (choice) {
            case AUTO, NIO -> nio();
            case IO_URING -> {
                if (!IoUring.isAvailable()) {
                    throw new IllegalStateException(
                            "user.transport: io_uring is not to be had here: use auto or nio",
                            IoUring.unavailabilityCause());
                }
                yield ioUring();
            }
        };
    }

    private static Transport ioUring() {
        return new Transport(
                "io_uring",
                IoUringIoHandler.newFactory(),
                IoUringServerSocketChannel.class,
                IoUringSocketChannel.class,
                IoUringDatagramChannel.class);
    }

    private static Transport nio() {
        return new Transport(
                "nio",
                NioIoHandler.newFactory(),
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                NioDatagramChannel.class);
    }
}
