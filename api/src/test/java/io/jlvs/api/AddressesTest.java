package io.jlvs.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "0.0.0.0, 0.0.0.0",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "0:0:3:4:5:6:7:8, ::3:4:5:6:7:8",
        "::ffff:10.0.0.1, 10.0.0.1"
    })
    void writesAddressesAsRfc5952WantsThem(String text, String written) {
        assertThat(Addresses.format(Addresses.parse(text))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10",
                "10.1",
                "10.0.1",
                "10.0.0.256",
                "10.0.0.1.2",
                "1::2::3",
                "[::1]",
                "10.0.0.1:80"
            })
    void refusesWhatIsNoLiteralAddress(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Addresses.parse(text))
                .withMessage("'" + text + "' is no IPv4 or IPv6 address");
    }
}
