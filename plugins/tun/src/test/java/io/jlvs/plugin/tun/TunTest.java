package io.jlvs.plugin.tun;

import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.testing.ForwardingModeContract;

class TunTest extends ForwardingModeContract {

    @Override
    protected ForwardingMode mode() {
        return new Tun();
    }
}
