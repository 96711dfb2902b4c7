package io.jlvs.cli.realserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VipTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "www", "10.0.0", "10.0.0.1/32", "10.0.0.256", "fe80::1%eth0", "10.0.0.1; reboot"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> Vip.of(text)).hasMessageStartingWith("'" + text + "' is not an IPv4 or IPv6 address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "224.0.0.1", "::", "::1", "ff02::1"})
    void refusesWhatNoServiceCanHave(String text) {
        assertThatThrownBy(() -> Vip.of(text)).hasMessageContaining("can't be the address of a service");
    }

    @Test
    void isTheSameHoweverItIsWritten() {
        assertThat(Vip.of("fd00::100")).isEqualTo(Vip.of("FD00:0::0100"));
        assertThat(Vip.of("::ffff:10.0.0.1")).isEqualTo(Vip.of("10.0.0.1"));
    }
}
