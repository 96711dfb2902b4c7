package io.jlvs.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersistenceTest {

    @ParameterizedTest
    @CsvSource({
        "IPV4, 0, 0.0.0.0",
        "IPV4, 1, 128.0.0.0",
        "IPV4, 20, 255.255.240.0",
        "IPV4, 32, 255.255.255.255",
        "IPV6, 0, ::",
        "IPV6, 64, ffff:ffff:ffff:ffff::",
        "IPV6, 127, ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe"
    })
    void makesMasksOfPrefixes(AddressFamily family, int prefix, String mask) {
        var made = Persistence.prefixMask(family, prefix);

        assertThat(Addresses.format(made)).isEqualTo(mask);
        assertThat(new Persistence(1, made, null).prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource({"IPV4, 33", "IPV4, -1", "IPV6, 129"})
    void refusesPrefixesThatThereAreNot(AddressFamily family, int prefix) {
        assertThatIllegalArgumentException().isThrownBy(() -> Persistence.prefixMask(family, prefix));
    }

    @ParameterizedTest
    @CsvSource({
        "255.255.255.0, 10.1.2.3, 10.1.2.0",
        "255.0.255.0, 10.1.2.3, 10.0.2.0",
        "255.255.255.255, 10.1.2.3, 10.1.2.3",
        "0.0.0.0, 10.1.2.3, 0.0.0.0",
        "255.255.255.0, 2001:db8::1, 2001:db8::1",
        "ffff:ffff::, 2001:db8:1::1, 2001:db8::"
    })
    void masksClients(String mask, String client, String network) {
        var persistence = new Persistence(1, Addresses.parse(mask), null);

        assertThat(Addresses.format(persistence.mask(Addresses.parse(client)))).isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Persistence.MAX_TIMEOUT_SECONDS + 1})
    void refusesTimeoutsThatIpvsadmRefuses(int seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Persistence.of(seconds, AddressFamily.IPV4))
                .withMessage("persistence timeout " + seconds + " s is outside 1..2678400");
    }

    @Test
    void takesIpv6MasksOnlyAsPrefixes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Persistence(1, Addresses.parse("ffff:0:ffff::"), null))
                .withMessage("IPv6 netmask ffff:0:ffff:: is no prefix");
    }

    @Test
    void takesEachAddressForItselfByDefault() {
        assertThat(Persistence.of(360, AddressFamily.IPV4).isSingleAddress()).isTrue();
        assertThat(Persistence.of(360, AddressFamily.IPV6).isSingleAddress()).isTrue();
        assertThat(new Persistence(360, Addresses.parse("255.255.255.254"), null).isSingleAddress())
                .isFalse();
    }
}
