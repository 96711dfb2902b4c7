package io.jlvs.datapath.ebpf;

import io.jlvs.api.datapath.ServerLoad;

/** The load of a server, whether it is installed, will be, or was. */
final class KernelLoad implements ServerLoad {

    private final ServerLoads loads;
    private volatile int server;

    KernelLoad(ServerLoads loads) {
        this.loads = loads;
    }

    /** @param number the server's, 0 when it has none */
    void use(int number) {
        server = number;
    }

    @Override
    public int active() {
        return loads.active(server);
    }

    @Override
    public int inactive() {
        return loads.inactive(server);
    }

    @Override
    public int persistent() {
        return loads.persistent(server);
    }
}
