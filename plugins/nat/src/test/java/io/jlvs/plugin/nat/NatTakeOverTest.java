package io.jlvs.plugin.nat;

import io.jlvs.api.spi.KernelMode;
import io.jlvs.datapath.ebpf.TakeOverContract;

class NatTakeOverTest extends TakeOverContract {

    @Override
    protected KernelMode mode() {
        return new Nat();
    }

    @Override
    protected boolean answersReturn() {
        return true;
    }
}
