package io.jlvs.api.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.ErrorCode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BusAddressTest {

    @ParameterizedTest
    @EnumSource
    void hasASchemaBesideIt(BusAddress address) {
        assertThat(BusAddress.class.getResource(address.schema())).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void requestsHaveASchemaOfTheirReply(BusAddress address) {
        assertThat(address.reply().isPresent()).isEqualTo(address.kind() != BusAddress.Kind.EVENT);
        assertThat(address.reply().stream())
                .allSatisfy(schema ->
                        assertThat(BusAddress.class.getResource(schema)).isNotNull());
    }

    @Test
    void isThereOnce() {
        assertThat(Stream.of(BusAddress.values()).map(BusAddress::address)).doesNotHaveDuplicates();
    }

    /** Clients know them by number: one that changes or is used again breaks them. */
    @Test
    void failureCodesStayAsTheyAre() {
        assertThat(Stream.of(ErrorCode.values()).map(code -> code.number() + " " + code))
                .startsWith(
                        "1 INVALID",
                        "2 SERVICE_EXISTS",
                        "3 NO_SUCH_SERVICE",
                        "4 SERVER_EXISTS",
                        "5 NO_SUCH_SERVER",
                        "6 NO_SUCH_SCHEDULER",
                        "7 NO_SUCH_MODE",
                        "8 UNSUPPORTED",
                        "9 DATA_PATH",
                        "10 NOT_SAVED",
                        "11 NO_MAJORITY",
                        "12 NOT_KNOWN",
                        "13 OTHER_VERSION")
                .doesNotHaveDuplicates();
    }
}
