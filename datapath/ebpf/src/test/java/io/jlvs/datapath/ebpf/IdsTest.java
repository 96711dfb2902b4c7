package io.jlvs.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IdsTest {

    private final Ids ids = new Ids(4);

    @Test
    void smallestFreeNumberIsTakenFromOneOn() {
        assertThat(ids.take()).isEqualTo(1);
        assertThat(ids.take()).isEqualTo(2);
        ids.release(1);
        assertThat(ids.take()).isEqualTo(1);
        assertThat(ids.end()).isEqualTo(3);
    }

    @Test
    void numbersThatWereThereAreNotGivenOut() {
        ids.take(1);
        ids.take(3);

        assertThat(ids.take()).isEqualTo(2);
        assertThat(ids.free()).isZero();
        assertThatThrownBy(ids::take).isInstanceOf(IllegalStateException.class);
    }
}
