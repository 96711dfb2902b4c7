package io.jlvs.cli.realserver;

import java.util.List;

/**
 * What a real server is to be prepared for.
 *
 * @param vips at least one
 * @param device the interface that packets from the director come in by
 * @param tunnel of mode tun
 * @param port where GUE goes to, 1..65535
 */
record Request(Mode mode, List<Vip> vips, String device, Tunnel tunnel, int port) {

    Request {
        vips = List.copyOf(vips);
    }

    /** The same for other addresses. */
    Request withVips(List<Vip> others) {
        return new Request(mode, others, device, tunnel, port);
    }
}
