package io.jlvs.plugin.dr;

import io.jlvs.api.spi.KernelMode;
import io.jlvs.datapath.ebpf.TakeOverContract;

class DrTakeOverTest extends TakeOverContract {

    @Override
    protected KernelMode mode() {
        return new Dr();
    }

    @Override
    protected boolean answersReturn() {
        return false;
    }
}
