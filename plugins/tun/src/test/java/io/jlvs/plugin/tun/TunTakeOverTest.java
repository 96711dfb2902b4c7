package io.jlvs.plugin.tun;

import io.jlvs.api.spi.KernelMode;
import io.jlvs.datapath.ebpf.TakeOverContract;

class TunTakeOverTest extends TakeOverContract {

    @Override
    protected KernelMode mode() {
        return new Tun();
    }

    @Override
    protected boolean answersReturn() {
        return false;
    }

    @Override
    protected boolean tunnels() {
        return true;
    }
}
