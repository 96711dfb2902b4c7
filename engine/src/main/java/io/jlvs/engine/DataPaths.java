package io.jlvs.engine;

import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.Upcalls;
import io.jlvs.datapath.ebpf.EbpfDataPath;
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
            case USER -> new UserDataPath(config.user(), upcalls);
            case EBPF -> {
                EbpfDataPath.unavailable().ifPresent(DataPaths::refuse);
                yield ebpf(config, upcalls);
            }
            case AUTO ->
                EbpfDataPath.unavailable()
                        .map(reason -> takeUser(reason, config, upcalls))
                        .orElseGet(() -> ebpfOrUser(config, upcalls));
        };
    }

    private static DataPath ebpfOrUser(EngineConfig config, Upcalls upcalls) {
        try {
            return new EbpfDataPath(config.ebpf(), upcalls);
        } catch (RuntimeException e) {
            return takeUser(String.valueOf(e.getMessage()), config, upcalls);
        }
    }

    private static DataPath ebpf(EngineConfig config, Upcalls upcalls) {
        try {
            return new EbpfDataPath(config.ebpf(), upcalls);
        } catch (RuntimeException e) {
            throw new IllegalStateException("the ebpf data path does not start (datapath, ebpf)", e);
        }
    }

    private static void refuse(String reason) {
        throw new IllegalStateException("datapath: ebpf is not to be had here: " + reason);
    }

    private static DataPath takeUser(String reason, EngineConfig config, Upcalls upcalls) {
        LOG.info("datapath auto: taking user, ebpf is not to be had here: {}", reason);
        return new UserDataPath(config.user(), upcalls);
    }
}
