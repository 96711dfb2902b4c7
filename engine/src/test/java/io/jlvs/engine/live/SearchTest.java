package io.jlvs.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Command;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Offers;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Health;
import io.jlvs.engine.stats.Refusals;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final int SERVICES = 100;

    private final FakeDataPath dataPath = new FakeDataPath(DataPathKind.USER);
    private final Registry registry =
            new Registry(dataPath, (_, _, _) -> Map.of(), new MemoryStore(), _ -> {}, new FakeClock());
    private final Live live = new Live(registry, dataPath, new Health(), new Refusals(), JsonObject::new);

    @BeforeEach
    void givenServices() {
        registry.extensionsChanged(Offers.usual());
        registry.restore();
        registry.execute(new Command.AddService(VirtualService.of(WEB, "wrr")));
        registry.execute(new Command.AddServer(WEB, RealServer.of(Endpoint.of("10.0.1.1", 8080), "nat", 1)));
        for (int i = 1; i < SERVICES; i++) {
            registry.execute(new Command.AddService(VirtualService.of(ServiceKey.tcp("10.0.7." + i, 443), "rr")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.100, 1",
        "' WRR  tcp ', 1",
        "10.0.1.1:8080, 1",
        "443, 99",
        "rr 10.0.7.42, 1",
        "udp, 0",
        "'', 100"
    })
    void findsServicesOfWhichEveryWordSaysSomething(String text, int total) {
        var found = live.search(JsonObject.of("text", text));

        assertThat(found.getInteger("total")).isEqualTo(total);
        assertThat(found.getJsonArray("services")).hasSize(Math.min(30, total));
    }
}
