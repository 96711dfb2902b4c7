package io.jlvs.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.e2e.lab.Finished;
import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.Product;
import org.junit.jupiter.api.Test;

/** What {@code make demo-cluster} shows. */
class DemoTest {

    @Test
    void everyStepHolds() {
        Lab.assumePossible();
        var demo = new ProcessBuilder(Product.source("scripts/demo-cluster").toString());
        demo.environment().put("JAVA_HOME", System.getProperty("java.home"));

        var told = Finished.of(demo, "").successful();

        assertThat(told)
                .contains("kill -9 of director")
                .contains("all requests are answered again")
                .contains("Every step held");
    }
}
