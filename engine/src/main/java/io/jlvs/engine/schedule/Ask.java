package io.jlvs.engine.schedule;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.spi.Plan;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.registry.Configuration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What travels to a scheduling verticle. */
sealed interface Ask {

    /** Which server gets this connection? */
    record Schedule(ConnectionRequested request, Consumer<Decision> answer) implements Ask {}

    /**
     * From now on this is the desired state, and these are the schedulers.
     *
     * @param courses what services were on the way there ({@link io.jlvs.engine.registry.Schedulers})
     * @param dataPath whose loads and picks count
     * @param done gets the plans that the schedulers offer, when no others decide any more
     */
    record GoOver(
            Configuration configuration,
            Map<ServiceKey, List<ServiceEntry>> courses,
            Extensions extensions,
            DataPath dataPath,
            CompletableFuture<Map<ServiceKey, Plan>> done)
            implements Ask {}
}
