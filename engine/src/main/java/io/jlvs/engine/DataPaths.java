package io.jlvs.engine;

import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.Upcalls;
import io.jlvs.datapath.user.UserDataPath;
import io.jlvs.engine.config.EngineConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the data path. */
final class DataPaths {

    private static final Logger LOG = LoggerFactory.getLogger(DataPaths.class);

    private DataPaths() {}

    /**
     * The data path that the configuration asks for.
     *
     * @throws IllegalStateException if this build or machine does not have it
     */
    static DataPath open(EngineConfig config, Upcalls upcalls) {
        return switch (config.datapath()) {
            case EBPF ->
                throw new IllegalStateException(
                        "datapath: this version has no ebpf data path yet; set datapath to user or auto");
            case AUTO -> {
                LOG.info("datapath auto: taking user, this version has no ebpf data path yet");
                yield new UserDataPath(config.user(), upcalls);
            }
            case USER -> new UserDataPath(config.user(), upcalls);
        };
    }
}
