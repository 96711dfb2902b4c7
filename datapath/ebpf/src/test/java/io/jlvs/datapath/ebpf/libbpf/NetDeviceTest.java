package io.jlvs.datapath.ebpf.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetDeviceTest {

    @Test
    void interfacesOfTheCallersNamespaceAreListedUpOrDown() throws Exception {
        OwnNamespaces.run(() -> {
            assertThat(NetDevice.all()).containsExactly(new NetDevice(OwnNamespaces.LOOPBACK, "lo"));

            OwnNamespaces.command("ip", "link", "add", "jlvs0", "index", "77", "type", "veth", "peer", "name", "jlvs1");

            assertThat(NetDevice.all())
                    .contains(new NetDevice(77, "jlvs0"))
                    .extracting(NetDevice::name)
                    .containsExactlyInAnyOrder("lo", "jlvs0", "jlvs1");
        });
    }
}
