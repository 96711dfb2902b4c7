package io.jlvs.engine;

import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.engine.admin.Shutdown;
import java.util.concurrent.CompletableFuture;

/**
 * Ends the engine for {@code jlvs stop}.
 *
 * @param asked completed when it is to end
 */
record Stopping(DataPath dataPath, CompletableFuture<Void> asked) implements Shutdown {

    @Override
    public String prepare(boolean flush) {
        if (dataPath.kind() == DataPathKind.USER) {
            return "the engine ends, and all connections with it";
        }
        if (!flush) {
            return "the engine ends; the kernel goes on forwarding until an engine is started and told 'jlvs stop --flush'";
        }
        dataPath.flush();
        return "flushed: the programs are off all interfaces, their pins are gone, all connections have ended; the engine ends";
    }

    @Override
    public void begin() {
        asked.complete(null);
    }
}
