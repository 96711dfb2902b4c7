package io.jlvs.plugin.nat;

import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.testing.ForwardingModeContract;

class NatTest extends ForwardingModeContract {

    @Override
    protected ForwardingMode mode() {
        return new Nat();
    }
}
