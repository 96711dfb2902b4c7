package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has changed what, in the log of a real engine that writes JSON. */
class AuditTest {

    private final RunningEngine engine = RunningEngine.start("log: {format: json, level: warn}\n");
    private final int port = Sandbox.freePort();
    private final String service = "127.0.0.1:" + port;
    private final String user = System.getProperty("user.name");

    @AfterEach
    void stop() {
        engine.close();
    }

    private List<JsonObject> audited() {
        return engine.log()
                .lines()
                .map(JsonObject::new)
                .filter(line -> line.getString("logger").equals("jlvs.audit"))
                .toList();
    }

    @Test
    void oneLineForEachChangeSaysWhoMadeIt() {
        engine.ipvsadm("-A", "-t", service, "-s", "rr");
        engine.ipvsadmWithInput("-a -t %1$s -r 10.9.9.9:80 -m -w 3%n-E -t %1$s -s wrr%n".formatted(service), "-R");
        engine.ipvsadm("--set", "100", "0", "0");
        engine.jlvs("sysctl", "drop_entry=1");
        engine.ipvsadm("--start-daemon", "backup", "--mcast-interface", "lo");
        engine.jlvs("drain", "10.9.9.9:80");

        await().untilAsserted(() -> assertThat(audited())
                .extracting(line -> line.getString("message"))
                .containsExactlyInAnyOrder(
                        "configuration 1 by " + user + " with ipvsadm: add service TCP " + service + ", rr",
                        "configuration 2 by " + user + " with ipvsadm: add server 10.9.9.9:80 to TCP " + service
                                + ", nat, weight 3",
                        "configuration 3 by " + user + " with ipvsadm: edit service TCP " + service + ", wrr",
                        "timeouts by " + user + " with ipvsadm: Timeout (tcp tcpfin udp): 100 120 300",
                        "net.ipv4.vs.drop_entry by " + user + " with jlvs sysctl: 1",
                        "told by " + user + " with ipvsadm to start sync daemon backup",
                        "configuration 4 by " + user + " with jlvs drain: edit server 10.9.9.9:80 of TCP " + service
                                + ", nat, weight 0"));
        assertThat(audited().getFirst().getString("by")).isEqualTo(user + " with ipvsadm");
        assertThat(audited().getFirst().getString("command")).isEqualTo("jlvs.service.add");
        assertThat(audited().getFirst().getJsonObject("payload").getInteger("port"))
                .isEqualTo(port);
    }

    @Test
    void whatIsRefusedChangesNothingAndHasNoLine() {
        assertThat(engine.ipvsadmWithInput("", "-D", "-t", service).exit()).isNotZero();
        engine.ipvsadm("-A", "-t", service, "-s", "rr");

        await().untilAsserted(() -> assertThat(audited()).hasSize(1));
    }
}
