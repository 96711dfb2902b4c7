package io.jlvs.engine.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.datapath.Traffic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimatorTest {

    /**
     * Recorded from IPVS with 50 packets a second: 9, 19, 27, 33, 37 after 2, 4, 6, 8, 10 s. The first two seconds were
     * partly over when the traffic began, so they saw 72 packets.
     */
    @Test
    void climbsAsRecordedFromIpvs() {
        assertThat(inPacketRates(72, 100, 100, 100, 100)).containsExactly(9L, 19L, 27L, 33L, 37L);
    }

    /** By the formula of the kernel: a quarter of the way each time, 10 fraction bits, rounded up from just over a half. */
    @Test
    void climbsByTheFormulaOfTheKernel() {
        assertThat(inPacketRates(100, 100, 100, 100, 100)).containsExactly(12L, 22L, 29L, 34L, 38L);
    }

    @Test
    void reachesTheRateAndFallsToZeroAgain() {
        var estimator = new Estimator();
        long sent = 0;
        for (int i = 0; i < 100; i++) {
            estimator.tick(new Traffic(sent += 100, sent, sent, sent * 1000, sent * 1000));
        }
        assertThat(estimator.rates()).isEqualTo(new Rates(50, 50, 50, 50_000, 50_000));

        for (int i = 0; i < 100; i++) {
            estimator.tick(new Traffic(sent, sent, sent, sent * 1000, sent * 1000));
        }
        assertThat(estimator.rates()).isEqualTo(Rates.NONE);
    }

    @Test
    void countsBytesWithFiveFractionBits() {
        var estimator = new Estimator();

        estimator.tick(new Traffic(0, 0, 0, 2, 1_000_000_000_000L));

        assertThat(estimator.rates()).isEqualTo(new Rates(0, 0, 0, 0, 125_000_000_000L));
    }

    @Test
    void doesNotCountWhatWasThereBefore() {
        var estimator = new Estimator(new Traffic(1000, 1000, 1000, 1000, 1000));

        estimator.tick(new Traffic(1000, 1000, 1000, 1000, 1000));

        assertThat(estimator.rates()).isEqualTo(Rates.NONE);
    }

    private static List<Long> inPacketRates(int... packets) {
        var estimator = new Estimator();
        var rates = new ArrayList<Long>();
        long total = 0;
        for (int more : packets) {
            total += more;
            estimator.tick(new Traffic(0, total, 0, 0, 0));
            rates.add(estimator.rates().inPackets());
        }
        return rates;
    }
}
