package io.jlvs.engine.ipvsadm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class SystemNamesTest {

    private final HostNames names = HostNames.ofSystem();

    @Test
    void findsTheAddressOfAHost() {
        assertThat(names.address("localhost")).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
    }

    @Test
    void takesNoNumberForAName() {
        assertThat(names.address("1.08")).isNull();
        assertThat(names.address("8")).isNull();
    }
}
