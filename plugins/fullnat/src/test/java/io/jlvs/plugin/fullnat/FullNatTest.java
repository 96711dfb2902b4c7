package io.jlvs.plugin.fullnat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.testing.ForwardingModeContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullNatTest extends ForwardingModeContract {

    @Override
    protected ForwardingMode mode() {
        return new FullNat();
    }

    @Test
    void tellsItsProgramThePool() {
        var options = Map.of(
                "addresses", List.of("10.2.0.1", "fd00::5", "10.2.0.5"),
                "ports", List.of("40000-40009"));

        var settings = ByteBuffer.wrap(new FullNat().settings(options)).order(ByteOrder.nativeOrder());

        assertThat(settings.remaining()).isEqualTo(16 + 32 * 16);
        assertThat(settings.getInt()).as("IPv4 addresses").isEqualTo(2);
        assertThat(settings.getInt()).as("IPv6 addresses").isEqualTo(1);
        assertThat(settings.getShort() & 0xffff).isEqualTo(40000);
        assertThat(settings.getShort() & 0xffff).isEqualTo(40009);
        assertThat(bytes(settings, 16 + 12, 4)).containsExactly(10, 2, 0, 1);
        assertThat(bytes(settings, 16 + 28, 4)).containsExactly(10, 2, 0, 5);
        assertThat(bytes(settings, 16 + 16 * 16, 2)).containsExactly(0xfd, 0);
    }

    @Test
    void hasPortsOfItsOwnWhenNoneAreGiven() {
        var settings = ByteBuffer.wrap(new FullNat().settings(Map.of())).order(ByteOrder.nativeOrder());

        assertThat(settings.getShort(8) & 0xffff).isEqualTo(32768);
        assertThat(settings.getShort(10) & 0xffff).isEqualTo(60999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-10", "10-5", "1-65536", "many", "1-2-3", "80", ""})
    void refusesPortsThatAreNoRange(String ports) {
        assertThatThrownBy(() -> new FullNat().settings(Map.of("ports", List.of(ports))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 32768-60999");
    }

    @Test
    void refusesAnOptionThatItDoesNotHave() {
        assertThatThrownBy(() -> new FullNat().settings(Map.of("adresses", List.of("10.2.0.1"))))
                .hasMessageContaining("'adresses'")
                .hasMessageContaining("addresses and ports");
    }

    private static int[] bytes(ByteBuffer buffer, int from, int count) {
        var bytes = new int[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = buffer.get(from + i) & 0xff;
        }
        return bytes;
    }
}
