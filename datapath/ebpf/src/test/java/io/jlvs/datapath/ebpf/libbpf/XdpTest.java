package io.jlvs.datapath.ebpf.libbpf;

import static io.jlvs.datapath.ebpf.libbpf.OwnNamespaces.LOOPBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class XdpTest {

    private static final String NAME = "jlvs0";

    private BpfObject sample;
    private BpfProgram accept;

    @BeforeEach
    void loadTheSample() {
        sample = Sample.open("sample.xdp");
        sample.load();
        accept = sample.program("accept");
    }

    @AfterEach
    void closeIt() {
        if (sample != null) {
            accept.close();
            sample.close();
        }
    }

    @Test
    void programIsAttachedToADriverUntilItIsDetached() throws Exception {
        OwnNamespaces.run(() -> {
            var xdp = new Xdp(pair());
            assertThat(xdp.programId()).isZero();

            xdp.attach(accept);
            assertThat(xdp.programId()).isEqualTo(accept.id());

            xdp.detach();
            assertThat(xdp.programId()).isZero();
            xdp.detach();
        });
    }

    @Test
    void driverWithoutXdpOfItsOwnIsToldWithTheKernelsWords() throws Exception {
        OwnNamespaces.run(() -> {
            var loopback = new Xdp(LOOPBACK);

            assertThatThrownBy(() -> loopback.attach(accept))
                    .isInstanceOf(BpfException.class)
                    .hasMessageContaining("EOPNOTSUPP")
                    .hasMessageContaining("native mode");
            assertThat(loopback.programId()).isZero();
        });
    }

    @Test
    void interfaceThatIsNotThereHasNoProgram() throws Exception {
        OwnNamespaces.run(() -> {
            var none = new Xdp(4711);

            assertThat(none.programId()).isZero();
            none.detach();
            assertThatThrownBy(() -> none.attach(accept)).hasMessageContaining("ENODEV");
        });
    }

    /** Two interfaces, one the other's cable; gives the index of the first. */
    private static int pair() throws Exception {
        OwnNamespaces.command("ip", "link", "add", NAME, "type", "veth", "peer", "name", "jlvs1");
        return NetDevice.all().stream()
                .filter(device -> device.name().equals(NAME))
                .findFirst()
                .orElseThrow()
                .index();
    }
}
