package io.jlvs.datapath.user;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Addresses;
import io.jlvs.api.Flow;
import io.jlvs.api.ProxyProtocol;
import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;

/** The PROXY protocol header, which tells a real server who the client is. */
final class ProxyHeader {

    private ProxyHeader() {}

    /** Writes the header as the first bytes that the server gets. */
    static void write(Channel server, ProxyProtocol version, Flow flow) {
        server.pipeline().addLast(HAProxyMessageEncoder.INSTANCE);
        server.writeAndFlush(new HAProxyMessage(
                version == ProxyProtocol.V1 ? HAProxyProtocolVersion.V1 : HAProxyProtocolVersion.V2,
                HAProxyCommand.PROXY,
                flow.virtual().family() == AddressFamily.IPV4
                        ? HAProxyProxiedProtocol.TCP4
                        : HAProxyProxiedProtocol.TCP6,
                Addresses.format(flow.client().address()),
                Addresses.format(flow.virtual().address()),
                flow.client().port(),
                flow.virtual().port()));
        server.pipeline().remove(HAProxyMessageEncoder.INSTANCE);
    }
}
