package io.jlvs.plugin.fullnat;

import io.jlvs.api.spi.KernelMode;
import java.util.List;
import java.util.Map;
import org.pf4j.Extension;

/**
 * Source and destination translation: the server sees a connection of the director's own, so its way back leads through
 * the director whatever its routes are. What it does not see is the client's address.
 *
 * <p>The addresses that the director uses for it come from jlvs.yaml, {@code modes.fullnat.addresses}; each must be the
 * director's own. Each address carries as many connections to one server as {@code ports} has.
 */
@Extension
public final class FullNat implements KernelMode {

    @Override
    public String name() {
        return "fullnat";
    }

    @Override
    public byte[] settings(Map<String, List<String>> options) {
        return Pool.of(options).bytes();
    }
}
