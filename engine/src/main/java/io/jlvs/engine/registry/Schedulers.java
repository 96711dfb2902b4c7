package io.jlvs.engine.registry;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.spi.Plan;
import io.jlvs.engine.plugin.Extensions;
import java.util.List;
import java.util.Map;

/** Those who pick the servers. */
@FunctionalInterface
public interface Schedulers {

    /**
     * Goes over to a new desired state.
     *
     * @param courses of services that several changes at once were made to: what they were after each, so that schedulers
     *     stand where single changes would have led them. Of the others only the end is known
     * @return the plans of the services whose scheduler offers one
     */
    Map<ServiceKey, Plan> goOver(
            Configuration next, Map<ServiceKey, List<ServiceEntry>> courses, Extensions extensions);
}
