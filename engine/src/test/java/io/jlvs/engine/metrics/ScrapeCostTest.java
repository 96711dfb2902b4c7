package io.jlvs.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.Traffic;
import org.junit.jupiter.api.Test;

/** Prints what a big scrape costs. */
class ScrapeCostTest {

    private static final int SERVICES = 1000;
    private static final int SCRAPES = 10;

    @Test
    void scrapesAThousandServicesOfThreeServers() {
        try (var fixture = new MetricsFixture()) {
            for (int i = 0; i < SERVICES; i++) {
                addService(fixture.director, ServiceKey.tcp("10.1." + i / 256 + "." + i % 256, 80));
            }

            for (int i = 0; i < SCRAPES; i++) {
                var begin = System.nanoTime();
                var length = fixture.metrics.scrape().length();
                System.out.printf(
                        "scrape %d of %d services x 3 servers: %d ms, %d KiB%n",
                        i, SERVICES, (System.nanoTime() - begin) / 1_000_000, length / 1024);
            }

            assertThat(fixture.samples("jlvs_server_weight").lines()).hasSize(3 * SERVICES);
        }
    }

    private static void addService(Director director, ServiceKey key) {
        var servers = new RealServer[3];
        for (int i = 0; i < servers.length; i++) {
            servers[i] = RealServer.of(Endpoint.of("10.2.0." + i, 8080), "nat", 1);
            director.dataPath.recordConnect(new ServerId(key, servers[i].endpoint()), 1_000_000);
            director.dataPath.setTraffic(new ServerId(key, servers[i].endpoint()), new Traffic(9, 0, 0, 99, 999));
        }
        director.addService(key, servers);
    }
}
