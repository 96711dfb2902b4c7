package io.jlvs.scheduler.remote;

import io.jlvs.api.Endpoint;
import io.jlvs.api.spi.AskingPicker;
import io.jlvs.api.spi.AskingScheduler;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** A service on the event bus picks: it is sent the flow and the servers, and answers with one of them. */
@Extension
public final class Remote implements AskingScheduler {

    private Settings settings = Settings.DEFAULTS;

    @Override
    public String name() {
        return "remote";
    }

    @Override
    public void configure(Map<String, List<String>> options) {
        settings = Settings.of(options);
    }

    @Override
    public Duration deadline() {
        return settings.deadline();
    }

    @Override
    public String fallback() {
        return settings.fallback();
    }

    @Override
    public AskingPicker prepare(ServerPool pool, @Nullable Picker previous) {
        var address = settings.addressFor(pool.service());
        return (flow, bus) -> bus.request(address, Question.of(pool, flow)).thenApply(answer -> named(answer, pool));
    }

    private static Server named(Map<String, Object> answer, ServerPool pool) {
        if (!(answer.get("server") instanceof String name)) {
            throw new IllegalArgumentException("expected {\"server\": \"10.0.0.1:80\"}, the answer is " + answer);
        }
        var endpoint = Endpoint.parse(name);
        for (var server : pool.eligible()) {
            if (endpoint.equals(server.endpoint())) {
                return server;
            }
        }
        throw new IllegalArgumentException(
                "'" + name + "' is none of the servers that may be picked: answer with one of those in the question");
    }
}
