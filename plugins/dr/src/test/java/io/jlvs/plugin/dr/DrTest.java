package io.jlvs.plugin.dr;

import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.testing.ForwardingModeContract;

class DrTest extends ForwardingModeContract {

    @Override
    protected ForwardingMode mode() {
        return new Dr();
    }
}
