package io.jlvs.e2e.recorded;

import io.jlvs.e2e.lab.Host;
import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.TwoArm;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Templates: whom they lead where, how they are shown, and what becomes of them without their server. */
class PersistenceRecordedTest {

    private static final String WEB = "10.0.0.100:80";

    /** Marks what is for 10.3.0.0/16 and lets all go on. */
    private static final String MARK = """
        struct context { unsigned length, type, mark, queue, protocol; unsigned more[14]; unsigned data, end; };
        __attribute__((section("tc"), used)) int mark(struct context *context)
        {
            unsigned char *packet = (void *)(long)context->data;
            if (packet + 34 <= (unsigned char *)(long)context->end && packet[30] == 10 && packet[31] == 3)
                context->mark = 7;
            return -1;
        }
        """;

    @BeforeAll
    static void assumePossible() {
        Lab.assumePossible();
    }

    @TestFactory
    List<DynamicTest> persistence() throws IOException {
        try (var stage = new Stage(TwoArm.bare())) {
            stage.topology().client().run("ip", "route", "add", "local", "10.1.0.0/16", "dev", "lo");
            stage.topology().client().route("10.3.0.0/24", "10.0.0.1");
            stage.topology().director().route("10.1.0.0/16", "10.0.0.2");
            for (var port : List.of(80, 443)) {
                stage.listen(1, port);
                stage.listen(2, port);
            }
            stage.ipvsadm("-A -t 10.0.0.100:80 -s rr -p 60");
            servers(stage, "-t 10.0.0.100:80", ":80");
            var clients = new Clients(stage);
            return Replay.of(Recording.named("persistence"), stage, Map.of(), clients::play);
        }
    }

    private static void servers(Stage stage, String service, String port) {
        stage.ipvsadm(
                "-a " + service + " -r 10.2.0.11" + port + " -m", "-a " + service + " -r 10.2.0.12" + port + " -m");
    }

    private record Clients(Stage stage) {

        void play(Replay replay) throws IOException {
            comeAgain(replay);
            loseTheirServer(replay);
            areOfANetwork(replay);
            comeToAnyPort(replay);
            comeByAMark(replay);
        }

        private void comeAgain(Replay replay) throws IOException {
            replay.step("first connection of a client");
            replay.said(connect("10.1.0.1", 44001, WEB));
            replay.commands();
            replay.step("second connection of the same client");
            replay.said(connect("10.1.0.1", 44002, WEB));
            replay.commands();
            replay.step("another client");
            replay.said(connect("10.1.0.2", 44001, WEB));
            replay.commands();
            replay.step("the server of the first client quiesced: a third connection of it");
            stage.ipvsadm("-e -t 10.0.0.100:80 -r 10.2.0.12:80 -m -w 0");
            replay.said(connect("10.1.0.1", 44003, WEB));
            replay.commands();
        }

        private void loseTheirServer(Replay replay) throws IOException {
            replay.step(
                    "that server deleted: existing connections stay in the table, a new one of the client goes elsewhere");
            stage.ipvsadm("-d -t 10.0.0.100:80 -r 10.2.0.12:80");
            replay.commands();
            replay.said(connect("10.1.0.1", 44004, WEB));
            replay.commands();
            replay.step("the deleted server added again");
            stage.ipvsadm("-a -t 10.0.0.100:80 -r 10.2.0.12:80 -m");
            replay.commands();
            replay.step("the whole service deleted");
            stage.ipvsadm("-D -t 10.0.0.100:80");
            replay.commands();
        }

        private void areOfANetwork(Replay replay) throws IOException {
            replay.step("netmask 255.255.255.0");
            stage.ipvsadm("-A -t 10.0.0.100:8080 -s rr -p 60 -M 255.255.255.0");
            servers(stage, "-t 10.0.0.100:8080", ":80");
            for (var client : List.of("10.1.0.1", "10.1.0.2", "10.1.1.2")) {
                connect(client, 44005, "10.0.0.100:8080");
            }
            replay.commands();
        }

        private void comeToAnyPort(Replay replay) throws IOException {
            replay.step("port 0: all ports of the address, one template");
            stage.ipvsadm("-A -t 10.0.0.100:0 -s rr -p 60");
            servers(stage, "-t 10.0.0.100:0", ":0");
            replay.said(connect("10.1.3.1", 44006, "10.0.0.100:443"));
            replay.said(connect("10.1.3.1", 44007, WEB));
            replay.commands();
        }

        /** IPVS sees marks of netfilter, this data path those of traffic control: the same mark by other means. */
        private void comeByAMark(Replay replay) throws IOException {
            replay.step("fwmark service with persistence");
            mark(stage.topology().director());
            stage.ipvsadm("-A -f 7 -s rr -p 60");
            servers(stage, "-f 7", "");
            replay.said("10.3.0.1:80 " + connect("10.1.4.1", 12183, "10.3.0.1:80"));
            replay.said("10.3.0.1:443 " + connect("10.1.4.1", 19297, "10.3.0.1:443"));
            replay.said("10.3.0.2:80 " + connect("10.1.4.1", 21679, "10.3.0.2:80"));
            replay.commands();
        }

        /** By a program, as not every kernel has the action {@code skbedit}. Ours comes after it. */
        private static void mark(Host director) {
            var source = director.write("mark.c", MARK);
            var object = source.resolveSibling("mark.o").toString();
            director.run("clang", "-O2", "-target", "bpf", "-c", source.toString(), "-o", object);
            director.run("sh", "-c", "tc filter add dev eth0 ingress pref 1 bpf da obj " + object + " sec tc");
        }

        private String connect(String from, int port, String to) throws IOException {
            var authority = to.split(":", -1);
            stage.client()
                    .connect(
                            new InetSocketAddress(from, port),
                            new InetSocketAddress(authority[0], Integer.parseInt(authority[1])),
                            5000);
            return "connected";
        }
    }
}
