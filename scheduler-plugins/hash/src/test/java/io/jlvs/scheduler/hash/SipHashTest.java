package io.jlvs.scheduler.hash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {

    @ParameterizedTest
    @CsvSource({
        "2654435761, 00000000, 1d5a77c2",
        "2654435761, 00000001, 16ec66b2",
        "2654435761, c0a80101, d3f1b4d3",
        "2654435761, deadbeef, f605cd1f",
        "2654446892, 00000000, f882433f",
        "2654446892, 00000001, 8210aad1",
        "2654446892, c0a80101, f99fc1d7",
        "2654446892, deadbeef, 37dd7b7e"
    })
    void hashesAsTheKernelDoes(long key, String value, String hash) {
        int hashed = new SipHash(key, key).hash(Integer.parseUnsignedInt(value, 16));

        assertThat(hashed).isEqualTo(Integer.parseUnsignedInt(hash, 16));
    }
}
