package io.jlvs.e2e;

import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.Product;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Not a test: {@code make dashboards} runs it for the pictures in {@code docs/pictures/dashboards}. */
class DashboardPictures {

    private static final Duration RUN = Duration.ofMinutes(4);

    @Test
    void areTaken() throws InterruptedException {
        Lab.assumePossible();
        Render.assumePossible("node", "npm", "chromium");
        try (var stage = Stage.open()) {
            var prometheus = stage.prometheus();
            Thread.sleep(RUN);
            var names = stage.chosen(Dashboard.all());
            var pictures = Product.source("docs/pictures/dashboards");
            System.out.print(Render.pictures(prometheus, pictures, RUN.minusSeconds(20), names)
                    .successful());
        }
    }
}
