package io.jlvs.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Addresses;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

    private static final byte[] MAC = HexFormat.of().parseHex("020000000a01");

    @Test
    void arpAnnouncesAsARequestAndAsAReplyToAll() {
        var frames = Announcement.of(Addresses.parse("10.9.0.1"), MAC, false);

        assertThat(frames)
                .extracting(HexFormat.of()::formatHex)
                .containsExactly(
                        "ffffffffffff" + "020000000a01" + "0806" + "0001" + "0800" + "06" + "04" + "0001"
                                + "020000000a01" + "0a090001" + "000000000000" + "0a090001",
                        "ffffffffffff" + "020000000a01" + "0806" + "0001" + "0800" + "06" + "04" + "0002"
                                + "020000000a01" + "0a090001" + "020000000a01" + "0a090001");
    }

    @Test
    void neighbourAdvertisementOverridesWhatAllNodesKnow() {
        var frames = Announcement.of(Addresses.parse("2001:db8::1"), MAC, false);

        assertThat(frames)
                .singleElement()
                .extracting(HexFormat.of()::formatHex)
                .isEqualTo("333300000001" + "020000000a01" + "86dd" + "60000000" + "0020" + "3a" + "ff"
                        + "20010db8000000000000000000000001" + "ff020000000000000000000000000001"
                        + "8800" + "ef2a" + "20000000" + "20010db8000000000000000000000001"
                        + "0201" + "020000000a01");
    }

    @Test
    void routerSaysThatItIsOne() {
        var frames = Announcement.of(Addresses.parse("2001:db8::1"), MAC, true);

        assertThat(frames)
                .singleElement()
                .extracting(HexFormat.of()::formatHex)
                .asString()
                .contains("8800" + "6f2a" + "a0000000" + "20010db8000000000000000000000001");
    }
}
