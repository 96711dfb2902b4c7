package io.jlvs.api.spi;

import io.jlvs.api.datapath.DataPathKind;
import java.util.Set;
import org.pf4j.ExtensionPoint;

/**
 * A way to bring a connection to its real server. What a mode does depends on the data path: one that can be relayed
 * implements {@link RelayMode}.
 */
public interface ForwardingMode extends ExtensionPoint {

    /** The word for it: {@code nat}, {@code dr}, {@code tun}. */
    String name();

    /** The data paths it runs in; never empty. */
    Set<DataPathKind> dataPaths();
}
