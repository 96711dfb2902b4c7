package io.jlvs.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1:80", "10.0.0.1:0", "[2001:db8::1]:65535", "[::]:53"})
    void isWrittenAsItIsRead(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            10.0.0.1        | '10.0.0.1' is no address: expected 10.0.0.1:80 or [2001:db8::1]:80
            :80             | ':80' is no address: expected 10.0.0.1:80 or [2001:db8::1]:80
            2001:db8::1:80  | '2001:db8::1:80' is ambiguous: an IPv6 address goes in brackets, [2001:db8::1]:80
            [10.0.0.1]:80   | '[10.0.0.1]:80' is ambiguous: an IPv6 address goes in brackets, [2001:db8::1]:80
            localhost:80    | 'localhost' is no IPv4 or IPv6 address
            10.0.0.1:http   | 'http' in '10.0.0.1:http' is no port: expected 0..65535
            10.0.0.1:65536  | port 65536 is outside 0..65535
            10.0.0.1:-1     | port -1 is outside 0..65535
            """)
    void refusesAnythingElseAndSaysWhatItExpects(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse(text))
                .withMessage(message);
    }

    @Test
    void countsAMappedAddressAsIpv4() {
        assertThat(Endpoint.of("::ffff:10.0.0.1", 80)).isEqualTo(Endpoint.of("10.0.0.1", 80));
        assertThat(Endpoint.of("::ffff:10.0.0.1", 80).family()).isEqualTo(AddressFamily.IPV4);
        assertThat(Endpoint.of("::1", 80).family()).isEqualTo(AddressFamily.IPV6);
    }
}
