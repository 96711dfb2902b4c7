package io.jlvs.engine.cluster;

import java.util.List;
import org.jgroups.Event;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.blocks.cs.ConnectionListener;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCP;

/**
 * JGroups over TCP that suspects a member when its connection breaks, as later versions of JGroups can by themselves
 * (JGRP-2874): a killed process is noticed at once. Whether it is dead is for VERIFY_SUSPECT2 to find out.
 */
final class WatchedTcp extends TCP implements ConnectionListener {

    WatchedTcp() {
        setId(ClassConfigurator.getProtocolId(TCP.class));
    }

    @Override
    public void start() throws Exception {
        super.start();
        srv.addConnectionListener(this);
    }

    @Override
    public void connectionEstablished(Connection connection) {}

    @Override
    public void connectionClosed(Connection connection) {
        var peer = connection.peerAddress();
        for (var member : members) {
            if (!member.equals(local_addr) && peer != null && peer.equals(getPhysicalAddressFromCache(member))) {
                thread_pool.execute(() -> up_prot.up(new Event(Event.SUSPECT, List.of(member))));
            }
        }
    }
}
