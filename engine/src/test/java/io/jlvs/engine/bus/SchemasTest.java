package io.jlvs.engine.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Command;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.PluginEvent;
import io.jlvs.api.json.CommandJson;
import io.jlvs.api.json.EventJson;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.SchemaRepository;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {

    private final Schemas schemas = new Schemas();

    @Test
    void eachSchemaIsValid() {
        var vertx = Vertx.vertx();
        try {
            var draft = SchemaRepository.create(new JsonSchemaOptions().setBaseUri("jlvs://schema/"))
                    .preloadMetaSchema(vertx.fileSystem(), Draft.DRAFT202012)
                    .validator(Draft.DRAFT202012.getIdentifier());

            assertThat(Schemas.all())
                    .allSatisfy(schema -> assertThat(
                                    draft.validate(Schemas.load(schema)).getValid())
                            .isTrue());
        } finally {
            vertx.close().await();
        }
    }

    @ParameterizedTest
    @MethodSource("schemasOfPayloadsAndReplies")
    void eachExampleIsWhatItsSchemaSays(String schema) {
        var examples = Schemas.load(schema).getJsonArray("examples");

        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(example ->
                        assertThat(schemas.errors(schema, (JsonObject) example)).isEmpty());
    }

    static Stream<String> schemasOfPayloadsAndReplies() {
        return Schemas.all().skip(1); // the first is what all share
    }

    @ParameterizedTest
    @MethodSource("io.jlvs.engine.json.Samples#events")
    void eachEventIsWhatItsSchemaSays(JlvsEvent event) {
        assertThat(schemas.errors(addressOf(event), EventJson.toJson(event))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.jlvs.engine.json.Samples#events")
    void eventSchemasAreClosed(JlvsEvent event) {
        var json = EventJson.toJson(event).put("more", 1);

        assertThat(schemas.errors(addressOf(event), json)).containsExactly("$.more: unknown key");
    }

    @ParameterizedTest
    @MethodSource("io.jlvs.engine.json.Samples#events")
    void eventSchemasDemandEveryKey(JlvsEvent event) {
        for (var key : EventJson.toJson(event).fieldNames()) {
            var json = EventJson.toJson(event);
            json.remove(key);

            assertThat(schemas.errors(addressOf(event), json))
                    .as("without " + key)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.jlvs.engine.json.Samples#commands")
    void eachCommandIsWhatItsSchemaSays(Command command) {
        var address = CommandJson.address(command);

        assertThat(schemas.errors(address, CommandJson.payload(command))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            SERVICE_ADD   | {'protocol':'tcp','address':'10.0.0.1','port':65536}   | $.port: 65536 is greater than 65535
            SERVICE_ADD   | {'protocol':'tcp','address':'10.0.0.1','prot':80}      | $: Instance does not have required property "port"
            SERVICE_ADD   | {'fwmark':7,'port':80}                                 | $.port: unknown key
            SERVICE_ADD   | {'fwmark':7,'persistence':{'timeout':5}}               | $.persistence.timeout: unknown key
            SERVICE_ADD   | {'fwmark':7,'servers':[]}                              | $.servers: unknown key
            SERVER_ADD    | {'service':{'fwmark':7}}                               | $: Instance does not have required property "server"
            SERVER_DELETE | {'service':{'fwmark':7},'server':{'address':'::1','port':-1}} | $.server.port: -1 is less than 0
            SERVICE_CLEAR | {'sure':true}                                          | $.sure: unknown key
            SERVICE_ZERO  | {'protocol':'tcp'}                                     | $: Instance does not have required property "address"
            """)
    void tellsWhatIsWrongAndWhere(BusAddress address, String payload, String error) {
        assertThat(schemas.errors(address, new JsonObject(payload.replace('\'', '"'))))
                .contains(error);
    }

    private static BusAddress addressOf(JlvsEvent event) {
        return switch (event) {
            case ConnectionEvent _ -> BusAddress.EVENT_CONNECTION;
            case ConfigurationChanged _ -> BusAddress.EVENT_CONFIGURATION;
            case PluginEvent _ -> BusAddress.EVENT_PLUGIN;
            case DirectorEvent _ -> BusAddress.EVENT_DIRECTOR;
        };
    }
}
