package io.jlvs.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.datapath.Sysctl;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.ipvsadm.Output;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SysctlCommandTest {

    private final FakeDataPath dataPath = new FakeDataPath();
    private final SysctlCommand sysctl = new SysctlCommand(dataPath);

    @Test
    void showsTheDefaultsOfAKernel() {
        assertThat(run("net.ipv4.vs.conn_reuse_mode", "expire_nodest_conn").stdout())
                .isEqualTo("net.ipv4.vs.conn_reuse_mode = 1\nnet.ipv4.vs.expire_nodest_conn = 0\n");
    }

    @Test
    void setsAndShowsWhatItHasSet() {
        var output = run("-w", "net.ipv4.vs.expire_nodest_conn=1");

        assertThat(output).isEqualTo(new Output(0, "net.ipv4.vs.expire_nodest_conn = 1\n", ""));
        assertThat(dataPath.sysctls().isOn(Sysctl.EXPIRE_NODEST_CONN)).isTrue();
    }

    @Test
    void showsAllSettings() {
        assertThat(run("-a").stdout().lines()).hasSize(Sysctl.values().length);
        assertThat(run("-an").stdout().lines()).first().isEqualTo("10");
    }

    @ParameterizedTest
    @CsvSource({
        "drop_entry=4, 'net.ipv4.vs.drop_entry: expected a whole number 0..3, found ''4'''",
        "cache_bypass=abc, 'net.ipv4.vs.cache_bypass: expected a whole number, found ''abc'''",
        "conn_reuse_mode=99999999999, 'net.ipv4.vs.conn_reuse_mode: expected a whole number, found ''99999999999'''",
        "drop_entri=1, 'drop_entri: no setting of IPVS; did you mean ''drop_entry''?'",
        "net.ipv4.vs.drop_packets, 'net.ipv4.vs.drop_packets: no setting of IPVS; did you mean ''net.ipv4.vs.drop_packet''?'",
    })
    void saysWhatIsWrongAndChangesNothing(String word, String error) {
        var before = dataPath.sysctls();

        assertThat(run(word)).isEqualTo(new Output(1, "", "jlvs sysctl: " + error + "\n"));

        assertThat(dataPath.sysctls()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"50 50", "50", "x 50", "3 50 1"})
    void takesNoThresholdThatAKernelWouldNotTake(String value) {
        assertThat(run("sync_threshold=" + value).exit()).isEqualTo(1);
    }

    @Test
    void goesOnAfterAWordThatMakesNoSense() {
        var output = run("nonsense", "am_droprate=5");

        assertThat(output.exit()).isEqualTo(1);
        assertThat(output.stdout()).isEqualTo("net.ipv4.vs.am_droprate = 5\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-w", "--values", "-z"})
    void saysHowItIsUsedWhenTheWordsAreNone(String word) {
        var output = word.isEmpty() ? run() : run(word);

        assertThat(output.exit()).isEqualTo(1);
        assertThat(output.stderr()).startsWith("usage: jlvs sysctl");
    }

    @Test
    void takesAThresholdAsAKernelShowsIt() {
        assertThat(run("sync_threshold=4\t60").stdout()).isEqualTo("net.ipv4.vs.sync_threshold = 4 60\n");
    }

    @Test
    void takesPortsThatArePowersOfTwo() {
        assertThat(run("sync_ports=4").exit()).isZero();
        assertThat(run("sync_ports=3").stderr())
                .isEqualTo("jlvs sysctl: net.ipv4.vs.sync_ports: expected a power of two 1..64, found '3'\n");
    }

    private Output run(String... words) {
        return sysctl.run(List.of(words), "a test");
    }
}
