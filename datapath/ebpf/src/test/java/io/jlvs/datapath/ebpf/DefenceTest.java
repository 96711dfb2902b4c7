package io.jlvs.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.datapath.Sysctl;
import io.jlvs.api.datapath.Sysctls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefenceTest {

    private static final long PLENTY = 1_000_000;

    @Test
    void defendsNothingByDefault() {
        assertThat(Defence.of(Sysctls.DEFAULTS, 0)).isEqualTo(new Defence(false, 0, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void defendsWhileMemoryIsLow(String mode) {
        var sysctls = Sysctls.DEFAULTS.with(Sysctl.DROP_ENTRY, mode).with(Sysctl.SECURE_TCP, mode);

        assertThat(Defence.of(sysctls, 1024)).isEqualTo(new Defence(false, 0, false));
        assertThat(Defence.of(sysctls, 1023)).isEqualTo(new Defence(true, 0, true));
    }

    @Test
    void defendsAlwaysInModeThree() {
        var sysctls = Sysctls.DEFAULTS
                .with(Sysctl.DROP_ENTRY, "3")
                .with(Sysctl.DROP_PACKET, "3")
                .with(Sysctl.SECURE_TCP, "3");

        assertThat(Defence.of(sysctls, PLENTY)).isEqualTo(new Defence(true, 10, true));
    }

    @ParameterizedTest
    @CsvSource({"1023, 1024", "512, 2", "0, 1"})
    void dropsTheMoreTheLessMemoryThereIs(long free, int rate) {
        assertThat(Defence.of(Sysctls.DEFAULTS.with(Sysctl.DROP_PACKET, "1"), free)
                        .dropRate())
                .isEqualTo(rate);
    }

    @Test
    void knowsTheMemoryOfThisMachine() {
        assertThat(FreeMemory.pages()).isPositive();
    }
}
