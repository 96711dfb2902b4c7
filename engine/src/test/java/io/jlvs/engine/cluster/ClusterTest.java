package io.jlvs.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.engine.registry.Configuration;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final VirtualService SERVICE = VirtualService.of(WEB, "rr");

    @TempDir
    Path folder;

    private Path keys;
    private Trio trio;

    @BeforeEach
    void makeKeys() throws IOException, InterruptedException {
        keys = Keys.make(folder.resolve("cluster.p12"));
        trio = new Trio(folder, keys);
    }

    @AfterEach
    void stop() {
        trio.close();
    }

    @Test
    void changeOnAnyDirectorIsOnAll() {
        startAll();

        trio.member("b").registry.execute("somebody", new Command.AddService(SERVICE));

        awaitSame(1);
        assertThat(trio.member("a").changes())
                .singleElement()
                .satisfies(change -> assertThat(change.by()).isEqualTo("somebody on b"));
        assertThat(trio.member("b").changes())
                .singleElement()
                .satisfies(change -> assertThat(change.by()).isEqualTo("somebody"));
        assertThat(trio.member("c").store.saved().services()).hasSize(1);
    }

    @Test
    void changeBuildsOnWhatAnotherDirectorDidJustBefore() {
        startAll();

        for (int weight = 1; weight <= 20; weight++) {
            var director = trio.member(List.of("a", "b", "c").get(weight % 3)).registry;
            if (weight == 1) {
                director.execute(new Command.AddService(SERVICE));
            }
            director.execute(new Command.AddServer(WEB, server(weight)));
        }

        awaitSame(21);
        assertThat(trio.member("a").registry.current().find(WEB).orElseThrow().servers())
                .hasSize(20);
    }

    @Test
    void ofTwoThatMakeTheSameServiceOneIsRefused() throws Exception {
        startAll();

        try (var pool = Executors.newFixedThreadPool(3)) {
            var tries = List.of("a", "b", "c").stream()
                    .map(name -> pool.submit(() -> {
                        try {
                            trio.member(name).registry.execute(new Command.AddService(SERVICE));
                            return "made";
                        } catch (CommandException e) {
                            return e.code().name();
                        }
                    }))
                    .toList();

            var outcomes = new ArrayList<String>();
            for (var attempt : tries) {
                outcomes.add(attempt.get());
            }
            assertThat(outcomes).containsExactlyInAnyOrder("made", "SERVICE_EXISTS", "SERVICE_EXISTS");
        }
        awaitSame(1);
    }

    @Test
    void directorThatWasAwayCatchesUp() {
        startAll();
        trio.stop("c");
        trio.member("a").registry.execute(new Command.AddService(SERVICE));

        trio.start("c");

        awaitSame(1);
    }

    @Test
    void withoutAMajorityNothingIsChangedAndTheRefusalSaysWhoMay() {
        startAll();
        trio.member("a").registry.execute(new Command.AddService(SERVICE));
        awaitSame(1);
        trio.stop("c");
        trio.stop("b");
        await().until(() -> trio.member("a").present().equals(List.of("a")));

        var refused = catchThrowableOfType(
                CommandException.class, () -> trio.member("a").registry.execute(new Command.AddServer(WEB, server(1))));

        assertThat(refused.code()).isEqualTo(ErrorCode.NO_MAJORITY);
        assertThat(refused)
                .hasMessageContaining("director a sees 1 of 3 members (a), and changes need 2")
                .hasMessageContaining("side of b, c may change");
        assertThat(trio.member("a").registry.current().version()).isEqualTo(1);
    }

    @Test
    void firstDirectorBringsItsServicesIntoTheCluster() {
        var saved = new Configuration(7, List.of(new ServiceEntry(SERVICE, List.of(server(1)))));
        trio.start("a", saved, keys);
        trio.start("b");

        trio.start("c");

        awaitSame(7);
        assertThat(trio.member("c").registry.current().services()).isEqualTo(saved.services());
    }

    @Test
    void clusterThatHasAStateKeepsItWhenADirectorBringsAnother() {
        trio.start("a");
        trio.start("b");
        await().untilAsserted(() -> trio.member("a").registry.execute(new Command.AddService(SERVICE)));

        var other = new ServiceEntry(VirtualService.of(ServiceKey.udp("10.0.0.100", 53), "rr"), List.of());
        trio.start("c", new Configuration(40, List.of(other)), keys);

        awaitSame(1);
    }

    @Test
    void serviceThatOneDirectorCantCarryIsDownThereAndUpOnTheOthers() {
        startAll();
        trio.member("c").dataPath.inUse.add(WEB);

        trio.member("a").registry.execute(new Command.AddService(SERVICE));

        awaitSame(1);
        await().untilAsserted(() -> assertThat(trio.member("c").events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                DirectorEvent.ServiceDown.class,
                                down -> assertThat(down.reason()).contains("is in use"))));
        assertThat(trio.member("a").dataPath.serving()).containsExactly(WEB);
    }

    @Test
    void directorThatIsToldToDecidesAloneAndTheOthersTakeItsStateWhenTheyAreBack() {
        startAll();
        trio.stop("c");
        trio.stop("b");
        await().until(() -> trio.member("a").present().equals(List.of("a")));

        assertThat(trio.member("a").cluster.goAlone()).contains("director a decides alone");
        trio.member("a").registry.execute(new Command.AddService(SERVICE));

        trio.start("b");
        trio.start("c");
        awaitSame(1);
        await().untilAsserted(() -> trio.member("b").registry.execute(new Command.AddServer(WEB, server(1))));
        awaitSame(2);
    }

    @Test
    void directorDoesNotGoAloneWhileAMajorityIsThere() {
        startAll();

        assertThatThrownBy(() -> trio.member("a").cluster.goAlone())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("changes can be made");
    }

    @Test
    void statusTellsWhoIsHereAndWhatTheyHave() {
        startAll();
        trio.member("a").registry.execute(new Command.AddService(SERVICE));
        trio.stop("c");

        await().untilAsserted(() -> {
            var status = trio.member("b").cluster.status();
            assertThat(status.getBoolean("writable")).isTrue();
            assertThat(status.getString("owner")).isEqualTo("a");
            assertThat(status.getJsonArray("members").stream()
                            .map(JsonObject.class::cast)
                            .map(member -> member.getString("name") + " " + member.getString("state") + " "
                                    + member.getValue("configuration")))
                    .startsWith("a here 1", "b here 1")
                    .last()
                    .asString()
                    .startsWith("c away");
        });
    }

    @Test
    void strangerWithAnotherKeyGetsNowhere() throws Exception {
        trio.start("a");
        trio.start("b");
        await().untilAsserted(() -> trio.member("a").registry.execute(new Command.AddService(SERVICE)));

        var stranger = trio.start("c", Configuration.EMPTY, Keys.make(folder.resolve("other.p12")));

        var refused = catchThrowableOfType(
                CommandException.class, () -> stranger.registry.execute(new Command.AddService(SERVICE)));
        assertThat(refused.code()).isEqualTo(ErrorCode.NO_MAJORITY);
        assertThat(stranger.registry.current().services()).isEmpty();
    }

    private void startAll() {
        List.of("a", "b", "c").forEach(trio::start);
        await().untilAsserted(() -> trio.member("c").registry.execute(new Command.Zero(null)));
        trio.members
                .values()
                .forEach(member -> await().until(() -> member.changes().size() == 1));
        trio.members.values().forEach(member -> member.events.clear());
    }

    private void awaitSame(long version) {
        trio.members.forEach((name, member) ->
                await().alias(name).until(() -> member.registry.current().version() == version));
        var states = trio.members.values().stream()
                .map(member -> member.registry.current().services())
                .distinct();
        assertThat(states).hasSize(1);
    }

    private static RealServer server(int host) {
        return RealServer.of(Endpoint.parse("10.0.1." + host + ":80"), "nat", 1);
    }
}
