package io.jlvs.engine.admin;

import io.netty.channel.socket.nio.NioChannelOption;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jdk.net.ExtendedSocketOptions;

/** Who is at the other end of the control socket: the user of the process that has opened it, by the kernel's word. */
final class Peer {

    private Peer() {}

    /**
     * The user and with what: {@code root with ipvsadm}.
     *
     * @param program that sends such requests
     */
    static String of(RoutingContext request, String program) {
        return user(request) + " with " + program;
    }

    /** SO_PEERCRED, which only the channel beneath knows; a user without a name is a number. */
    private static String user(RoutingContext request) {
        if (request.request().connection() instanceof ConnectionBase connection) {
            var peer = connection.channel().config().getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
            if (peer != null) {
                return peer.user().getName();
            }
        }
        return "somebody";
    }
}
