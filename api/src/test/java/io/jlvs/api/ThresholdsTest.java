package io.jlvs.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsTest {

    @ParameterizedTest
    @CsvSource({
        // upper, lower, connections, before, overloaded
        "0, 0, 2147483647, true, false",
        "4, 0, 3, false, false",
        "4, 0, 4, false, true",
        "4, 0, 3, true, true",
        "4, 0, 2, true, false",
        "4, 2, 2, true, true",
        "4, 2, 1, true, false",
        "10, 0, 8, true, true",
        "10, 0, 7, true, false",
        "2147483647, 0, 2147483647, false, true"
    })
    void closesAtTheUpperAndOpensBelowTheLower(int upper, int lower, int connections, boolean before, boolean now) {
        assertThat(new Thresholds(upper, lower).overloaded(connections, before)).isEqualTo(now);
    }

    @ParameterizedTest
    @CsvSource({"8, 12, true", "8, 8, false", "8, 4, false", "8, 0, true", "0, 8, true"})
    void openAServerAtOnceWhenTheUpperIsRaisedOrTakenAway(int before, int now, boolean open) {
        assertThat(new Thresholds(now, 0).open(new Thresholds(before, 0))).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "1, -1", "1, 2", "0, 1"})
    void refusesALowerAboveTheUpper(int upper, int lower) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Thresholds(upper, lower))
                .withMessageEndingWith("expected 0 <= lower <= upper");
    }
}
