package io.jlvs.engine.schedule;

import io.jlvs.api.ServiceKey;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.spi.Bus;
import io.jlvs.engine.stats.RemotePicks;
import io.jlvs.engine.stats.RemotePicks.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;

/** The services on the event bus that schedulers ask: how they are reached, and what is told of them. */
final class Siblings {

    private final Function<Duration, Bus> reach;
    private final RemotePicks picks;
    private final Consumer<JlvsEvent> events;
    private final InstantSource clock;

    /** @param reach the bus for questions that are worth an answer for so long */
    Siblings(Function<Duration, Bus> reach, RemotePicks picks, Consumer<JlvsEvent> events, InstantSource clock) {
        this.reach = reach;
        this.picks = picks;
        this.events = events;
        this.clock = clock;
    }

    Bus bus(Duration deadline) {
        return reach.apply(deadline);
    }

    void begin(ServiceKey service) {
        picks.begin(service);
    }

    void count(ServiceKey service, Outcome outcome) {
        picks.count(service, outcome);
    }

    void silent(ServiceKey service, String reason) {
        events.accept(new DirectorEvent.SiblingSilent(clock.millis(), service.toString(), reason));
    }

    void back(ServiceKey service) {
        events.accept(new DirectorEvent.SiblingBack(clock.millis(), service.toString()));
    }
}
