package io.jlvs.engine.ipvsadm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkInterfacesTest {

    @Test
    void findsTheLoopbackInterface() {
        var loopback = requireNonNull(NetworkInterfaces.ofSystem().find("lo"));

        assertThat(loopback.up()).isTrue();
        assertThat(loopback.loopback()).isTrue();
        assertThat(loopback.mtu()).isPositive();
    }

    @Test
    void findsNoInterfaceThatIsNotThere() {
        assertThat(NetworkInterfaces.ofSystem().find("jlvsnone0")).isNull();
        assertThat(NetworkInterfaces.ofSystem().find("")).isNull();
    }
}
