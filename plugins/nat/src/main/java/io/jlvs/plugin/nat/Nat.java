package io.jlvs.plugin.nat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.RealServer;
import io.jlvs.api.spi.RelayMode;
import org.pf4j.Extension;

/**
 * Masquerading ({@code ipvsadm -m}): clients talk to the VIP, the director talks to the real server, which may listen on
 * another port. Both directions pass through the director.
 */
@Extension
public final class Nat implements RelayMode {

    @Override
    public String name() {
        return "nat";
    }

    @Override
    public Endpoint destination(Flow flow, RealServer server) {
        return server.endpoint();
    }
}
