package io.jlvs.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jlvs.api.Command;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.json.EventJson;
import io.jlvs.api.json.ModelJson;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {

    @ParameterizedTest
    @MethodSource("io.jlvs.engine.json.Samples#events")
    void isReadBackAsItWasWritten(JlvsEvent event) {
        var text = EventJson.toJson(event).encode();

        assertThat(EventJson.event(new JsonObject(text))).isEqualTo(event);
    }

    @Test
    void hasASampleOfEachEventAndCommand() {
        assertThat(Samples.events().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(recordsOf(JlvsEvent.class));
        assertThat(Samples.commands().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(recordsOf(Command.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", ".x", "connection.lost", "plugin.x", "director.x", "x.opened"})
    void refusesATypeThatThereIsNot(String type) {
        var event = EventJson.toJson(Samples.events().getLast()).put("jar", "x").put("id", 1);
        event.put("service", ModelJson.toJson(Samples.KEY)).put("flow", flow());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventJson.event(event.put("type", type)))
                .withMessageStartingWith("$.type: expected a type of event, found '" + type + "'");
    }

    @Test
    void namesThePlaceOfAnErrorInAChange() {
        var change = JsonObject.of("command", "jlvs.service.delete", "payload", JsonObject.of("fwmark", 0));
        var event = JsonObject.of("type", "configuration.changed", "at", 1, "version", 1, "change", change);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventJson.event(event))
                .withMessage("$.change.payload: firewall mark 0 is outside 1..4294967295");
        change.put("command", "jlvs.status");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventJson.event(event))
                .withMessage("$.change: jlvs.status takes no command");
    }

    private static JsonObject flow() {
        var endpoint = ModelJson.toJson(Samples.SERVER);
        return JsonObject.of("protocol", "tcp", "client", endpoint, "virtual", endpoint);
    }

    private static List<Class<?>> recordsOf(Class<?> sealed) {
        return sealed.isRecord()
                ? List.of(sealed)
                : Stream.of(sealed.getPermittedSubclasses())
                        .flatMap(permitted -> recordsOf(permitted).stream())
                        .toList();
    }
}
