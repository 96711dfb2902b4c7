package io.jlvs.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Command;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.ConnectionScheduled.How;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.PluginEvent;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.api.json.EventJson;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTypeTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final Endpoint SERVER = Endpoint.of("10.0.0.1", 8080);

    static Stream<JlvsEvent> events() {
        return Stream.of(
                Events.scheduled(WEB, SERVER, How.SCHEDULER, 1),
                Events.opened(WEB, SERVER, 1),
                Events.refused(WEB, RefusalReason.NO_SERVER),
                new ConfigurationChanged(0, 1, new Command.Clear(), "root with ipvsadm"),
                new PluginEvent.Loaded(0, "a.jar", "a", "1", List.of(), false),
                new PluginEvent.Rejected(0, "a.jar", "broken"),
                new DirectorEvent.Overloaded(0, "sessions", ""),
                new DirectorEvent.StateSetAside(0, "state", "broken"),
                new DirectorEvent.ServiceDown(0, "TCP 10.0.0.100:80", "in use"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void hasTheNameThatTheBusHas(JlvsEvent event) {
        assertThat(EventType.of(event).label())
                .isEqualTo(EventJson.toJson(event).getString("type"));
    }
}
