package io.jlvs.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How lines of the log look, and which are left out. */
class LogLinesTest {

    private final LoggerContext logging = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void start() {
        logging.setMDCAdapter(new LogbackMDCAdapter());
        var encoder = new JsonLines();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(logging);
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        encoder.start();
        appender.start();
        var quiet = new Quiet();
        quiet.start();
        logging.addTurboFilter(quiet);
        logging.getLogger("ROOT").addAppender(appender);
        logging.getLogger("ROOT").setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        logging.stop();
    }

    private List<JsonObject> lines() {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JsonObject::new)
                .toList();
    }

    @Test
    void aLineIsAnObjectWithItsOwnKeys() {
        logging.getLogger("jlvs.audit")
                .atInfo()
                .addKeyValue("by", "root with ipvsadm")
                .addKeyValue("configuration", 7L)
                .addKeyValue("payload", JsonObject.of("port", 80))
                .log("configuration {} by {}", 7, "root\nwith \"quotes\"");

        assertThat(lines()).singleElement().satisfies(line -> {
            assertThat(Instant.parse(line.getString("timestamp"))).isNotNull();
            assertThat(line.getString("level")).isEqualTo("INFO");
            assertThat(line.getString("logger")).isEqualTo("jlvs.audit");
            assertThat(line.getString("message")).isEqualTo("configuration 7 by root\nwith \"quotes\"");
            assertThat(line.getString("by")).isEqualTo("root with ipvsadm");
            assertThat(line.getLong("configuration")).isEqualTo(7);
            assertThat(line.getJsonObject("payload")).isEqualTo(JsonObject.of("port", 80));
        });
    }

    @Test
    void anErrorHasItsStack() {
        logging.getLogger("x").error("it failed", new IllegalStateException("why"));

        assertThat(lines().getFirst().getString("error"))
                .contains("IllegalStateException: why", "at io.jlvs.engine.log.LogLinesTest.anErrorHasItsStack");
    }

    @Test
    void sameWarningIsToldOnce() {
        var logger = logging.getLogger("x");
        for (int i = 0; i < 100; i++) {
            logger.warn("server {} does not answer", "10.0.0.1:80");
            logger.warn("server {} does not answer", "10.0.0.2:80");
        }

        assertThat(lines())
                .extracting(line -> line.getString("message"))
                .containsExactly("server 10.0.0.1:80 does not answer", "server 10.0.0.2:80 does not answer");
    }

    @Test
    void whatIsToldForInformationIsNeverLeftOut() {
        for (int i = 0; i < 3; i++) {
            logging.getLogger("jlvs.audit").info("the same");
        }

        assertThat(lines()).hasSize(3);
    }
}
