package io.jlvs.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlvs.api.Addresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatingAddressTest {

    @Test
    void isWrittenAsForIpAddress() {
        assertThat(FloatingAddress.parse("10.9.0.1/24 dev eth0"))
                .isEqualTo(new FloatingAddress(Addresses.parse("10.9.0.1"), 24, "eth0"));
        assertThat(FloatingAddress.parse("2001:db8::1/64  dev br0")).hasToString("2001:db8::1/64 dev br0");
    }

    @Test
    void isAloneInItsNetworkWithoutAPrefix() {
        assertThat(FloatingAddress.parse("10.9.0.1 dev eth0")).hasToString("10.9.0.1/32 dev eth0");
        assertThat(FloatingAddress.parse("2001:db8::1 dev eth0").prefix()).isEqualTo(128);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.9.0.1", "10.9.0.1/33 dev eth0", "10.9.0/24 dev eth0", "10.9.0.1/24 dev a b", "x dev eth0"
            })
    void saysWhatWasExpected(String text) {
        assertThatThrownBy(() -> FloatingAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
