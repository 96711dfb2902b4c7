package io.jlvs.engine.cluster;

import java.net.InetSocketAddress;
import java.util.List;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.NO_DUPES;
import org.jgroups.protocols.raft.REDIRECT;
import org.jgroups.stack.Protocol;

/** Makes the channel between directors: its protocols, from the wire up. */
final class Channels {

    /** A handshake between two JVMs that have just started fits in. */
    private static final int CONNECT_MILLIS = 1000;

    /** How long others are looked for; who finds nobody begins a cluster, which is merged with others later. */
    private static final int JOIN_MILLIS = 2000;

    private final ClusterOptions options;
    private final ClusterKeys keys;
    private final long started = System.currentTimeMillis();

    Channels(ClusterOptions options, ClusterKeys keys) {
        this.options = options;
        this.keys = keys;
    }

    /** A channel that is not connected; it closes the log. */
    JChannel make(SureLog log) throws Exception {
        var channel = new JChannel(protocols(log)).name(options.name());
        channel.addAddressGenerator(() -> LargestSideFirst.address(options.name(), started));
        return channel;
    }

    private Protocol[] protocols(SureLog log) {
        var self = options.self();
        var tcp = new WatchedTcp();
        tcp.setBindAddress(self.getAddress());
        tcp.setBindPort(self.getPort());
        tcp.setPortRange(0);
        tcp.setSockConnTimeout(CONNECT_MILLIS);
        tcp.disableDiagnostics();
        tcp.tls(keys.tls());
        var discovery = new TCPPING();
        discovery.initialHosts(List.<InetSocketAddress>copyOf(options.members().values()));
        discovery.setPortRange(0);
        return new Protocol[] {
            tcp,
            discovery,
            new MERGE3().setMinInterval(500).setMaxInterval(1500),
            new FD_ALL3().setTimeout(1500).setInterval(300),
            new VERIFY_SUSPECT2().setTimeout(250),
            new NAKACK2().useMcastXmit(false),
            new UNICAST3(),
            new STABLE(),
            new NO_DUPES(),
            new GMS()
                    .setJoinTimeout(JOIN_MILLIS)
                    .setViewAckCollectionTimeout(500)
                    .setMembershipChangePolicy(new LargestSideFirst())
                    .printLocalAddress(false),
            new MFC(),
            new UFC(),
            new FRAG4(),
            new ELECTION(),
            new SteadyRaft()
                    .members(options.members().keySet())
                    .raftId(options.name())
                    .log(log)
                    .logUseFsync(true)
                    .maxLogSize(4 << 20)
                    .resendInterval(100)
                    .sendCommitsImmediately(true),
            new REDIRECT()
        };
    }
}
