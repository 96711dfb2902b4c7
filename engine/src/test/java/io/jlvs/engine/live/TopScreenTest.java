package io.jlvs.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Command;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPathFigures;
import io.jlvs.api.datapath.DataPathFigures.Fill;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.LatencyHistogram;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.live.TopScreen.Order;
import io.jlvs.engine.live.TopScreen.Wanted;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Offers;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Health;
import io.jlvs.engine.stats.Refusals;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of {@code jlvs top}. */
class TopScreenTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final ServiceKey MAIL = ServiceKey.tcp("10.0.0.100", 25);
    private static final Endpoint A = Endpoint.of("10.0.1.1", 8080);
    private static final Endpoint B = Endpoint.of("10.0.1.2", 8080);

    private final FakeDataPath dataPath = new FakeDataPath(DataPathKind.EBPF);
    private final Registry registry =
            new Registry(dataPath, (_, _, _) -> Map.of(), new MemoryStore(), _ -> {}, new FakeClock());
    private final Health health = new Health();
    private final TopScreen screen = new TopScreen(new Live(
            registry,
            dataPath,
            health,
            new Refusals(),
            () -> JsonObject.of("version", "1.2.3", "datapath", "ebpf", "uptimeSeconds", 7325L, "configuration", 4L)));

    @BeforeEach
    void givenTwoServices() {
        registry.extensionsChanged(Offers.usual());
        registry.restore();
        for (var key : List.of(MAIL, WEB)) {
            registry.execute(new Command.AddService(VirtualService.of(key, "rr")));
            registry.execute(new Command.AddServer(key, RealServer.of(A, "nat", 3)));
        }
        registry.execute(new Command.AddServer(WEB, RealServer.of(B, "dr", 0)));
        dataPath.setLoad(new ServerId(WEB, A), 1234, 7);
        dataPath.setFigures(new DataPathFigures(
                Map.of("connections", new Fill(400_000, 1_000_000)), Map.of(), 0, LatencyHistogram.EMPTY));
    }

    private String draw(int columns, int lines, boolean coloured, Order order, String filter) {
        return screen.draw(new Wanted(columns, lines, coloured, order, filter));
    }

    @Test
    void showsTheDirectorAndItsBusiestServicesFirst() {
        assertThat(draw(200, 100, false, Order.TRAFFIC, "")).isEqualTo("""
                JLVS 1.2.3   all services up   data path ebpf   up 2h 02m   configuration 4
                new 0/s   active 1,234   inactive 7   in 0b   out 0b   refused 0/s   dropped 0/s
                connection table ####...... 40.0 % of 1.0M

                SERVICE / server               by/mode  weight   conn/s   active inactive       in      out  share
                TCP 10.0.0.100:80              rr                     0    1,234        7       0b       0b
                  10.0.1.2:8080                dr            0        0        0        0       0b       0b  .......... QUIESCED
                  10.0.1.1:8080                nat           3        0    1,234        7       0b       0b  ..........
                TCP 10.0.0.100:25              rr                     0        0        0       0b       0b
                  10.0.1.1:8080                nat           3        0        0        0       0b       0b  ..........
                """);
    }

    @Test
    void ordersAndFilters() {
        assertThat(draw(200, 100, false, Order.NAME, "").indexOf("100:25"))
                .isLessThan(draw(200, 100, false, Order.NAME, "").indexOf("100:80"));
        assertThat(draw(200, 100, false, Order.CONNECTIONS, ":25"))
                .contains("100:25")
                .doesNotContain("100:80");
    }

    @Test
    void fitsTheWindow() {
        var page = draw(40, 6, false, Order.TRAFFIC, "");

        assertThat(page.lines()).hasSize(6).allMatch(line -> line.length() <= 40);
    }

    @Test
    void coloursTakeNoRoomAndEndWithTheLine() {
        health.on(new DirectorEvent.ServiceDown(0, WEB.toString(), "address in use"));

        var coloured = draw(60, 100, true, Order.TRAFFIC, "");

        assertThat(coloured).contains("\033[31mDOWN: ").contains("\033[33m  10.0.1.2:8080");
        assertThat(coloured.replaceAll("\033\\[[0-9;]*m", "")).isEqualTo(draw(60, 100, false, Order.TRAFFIC, ""));
        assertThat(coloured.lines().filter(line -> line.contains("\033"))).allMatch(line -> line.endsWith("\033[0m"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.44, 0.4", "7, 7", "99999, '99,999'", "123456, 123k", "1234567, 1.2M"})
    void numbersAreShort(double value, String text) {
        assertThat(Quantities.number(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0b", "124, 992b", "125, 1.0kb", "12500000, 100Mb", "1e9, 8.0Gb"})
    void bytesAreShownAsBits(double bytes, String text) {
        assertThat(Quantities.bits(bytes)).isEqualTo(text);
    }
}
