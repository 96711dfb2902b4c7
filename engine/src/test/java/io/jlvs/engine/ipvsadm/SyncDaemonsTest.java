package io.jlvs.engine.ipvsadm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.cluster.sync.SyncSwitch;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the sync daemons turn on and off. */
class SyncDaemonsTest {

    private final List<String> switched = new ArrayList<>();
    private final SyncSwitch sync = new SyncSwitch() {
        @Override
        public boolean start(Role role, int syncId) {
            switched.add("start " + role + " " + syncId);
            return true;
        }

        @Override
        public void stop(Role role) {
            switched.add("stop " + role);
        }
    };
    private final FakeDataPath dataPath = new FakeDataPath();
    private final Registry registry =
            new Registry(dataPath, (_, _, _) -> Map.of(), new MemoryStore(), _ -> {}, new FakeClock());
    private final Ipvsadm ipvsadm =
            new Ipvsadm(registry, dataPath, new Statistics(dataPath), new RecordedNames(), StandIns.INTERFACES, sync);

    @Test
    void masterSendsWithItsSyncIdAndBackupTakesWithIts() {
        assertThat(run("--start-daemon", "master", "--mcast-interface", "lo", "--syncid", "5"))
                .isZero();
        assertThat(run("--start-daemon", "backup", "--mcast-interface", "lo")).isZero();
        assertThat(run("--stop-daemon", "master")).isZero();

        assertThat(switched).containsExactly("start MASTER 5", "start BACKUP 0", "stop MASTER");
    }

    @Test
    void daemonThatIsRefusedTurnsNothingOn() {
        assertThat(run("--start-daemon", "master", "--mcast-interface", "nowhere0"))
                .isNotZero();
        assertThat(run("--stop-daemon", "backup")).isNotZero();

        assertThat(switched).isEmpty();
    }

    private int run(String... words) {
        return ipvsadm.run(List.of(words), "", "a test").exit();
    }
}
