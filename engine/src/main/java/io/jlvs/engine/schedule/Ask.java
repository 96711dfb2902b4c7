package io.jlvs.engine.schedule;

import io.jlvs.api.ServerId;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.datapath.ServerLoad;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.registry.Configuration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** What travels to a scheduling verticle. */
sealed interface Ask {

    /** Which server gets this connection? */
    record Schedule(ConnectionRequested request, Consumer<Decision> answer) implements Ask {}

    /** From now on this is the desired state, and these are the schedulers; tell {@code done} when no others decide. */
    record GoOver(
            Configuration configuration,
            Extensions extensions,
            Function<ServerId, ServerLoad> loads,
            CompletableFuture<Void> done)
            implements Ask {}
}
