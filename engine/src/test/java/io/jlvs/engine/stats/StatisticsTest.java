package io.jlvs.engine.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Command;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.testing.FakeDataPath;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final ServiceKey DNS = ServiceKey.udp("10.0.0.100", 53);
    private static final Endpoint SERVER = Endpoint.of("10.0.0.1", 80);
    private static final ServerId WEB_SERVER = new ServerId(WEB, SERVER);
    private static final ServerId DNS_SERVER = new ServerId(DNS, SERVER);

    private final FakeDataPath dataPath = new FakeDataPath();
    private final Statistics statistics = new Statistics(dataPath);

    @Test
    void hasNoFiguresForWhatCountedNothing() {
        assertThat(statistics.snapshot().of(WEB)).isEqualTo(Figures.NONE);
        assertThat(statistics.snapshot().of(WEB_SERVER)).isEqualTo(Figures.NONE);
    }

    @Test
    void showsWhatWasCountedAndHowFast() {
        everywhere(100);
        statistics.estimate();

        var figures = statistics.snapshot().of(WEB_SERVER);

        assertThat(figures.total()).isEqualTo(traffic(100));
        assertThat(figures.rates()).isEqualTo(new Rates(12, 12, 12, 12, 12));
        assertThat(statistics.load(WEB_SERVER).active()).isZero();
    }

    @Test
    void countsFromTheZeroPointOfOneServiceAndItsServers() {
        everywhere(100);
        statistics.estimate();

        statistics.follow(new Command.Zero(WEB));

        assertThat(statistics.snapshot().of(WEB)).isEqualTo(Figures.NONE);
        assertThat(statistics.snapshot().of(WEB_SERVER)).isEqualTo(Figures.NONE);
        assertThat(statistics.snapshot().of(DNS).total()).isEqualTo(traffic(100));
        assertThat(statistics.snapshot().of(DNS_SERVER).total()).isEqualTo(traffic(100));

        everywhere(101);
        assertThat(statistics.snapshot().of(WEB).total()).isEqualTo(traffic(1));
        assertThat(statistics.snapshot().of(WEB_SERVER).total()).isEqualTo(traffic(1));
    }

    @Test
    void countsFromTheZeroPointOfAll() {
        everywhere(100);

        statistics.follow(new Command.Zero(null));

        everywhere(102);
        assertThat(statistics.snapshot().of(WEB).total()).isEqualTo(traffic(2));
        assertThat(statistics.snapshot().of(DNS_SERVER).total()).isEqualTo(traffic(2));
    }

    @Test
    void goesOnWhenAServerReturnsEvenIfItMissedTheZeroPoint() {
        everywhere(100);
        statistics.estimate();
        var rates = statistics.snapshot().of(WEB_SERVER).rates();
        statistics.follow(new Command.DeleteServer(WEB, SERVER));
        statistics.estimate();
        statistics.follow(new Command.Zero(null));
        statistics.follow(new Command.AddServer(WEB, RealServer.of(SERVER, "nat", 1)));

        assertThat(statistics.snapshot().of(WEB_SERVER)).isEqualTo(new Figures(traffic(100), rates));
        assertThat(statistics.snapshot().of(WEB).total()).isEqualTo(Traffic.NONE);
    }

    @Test
    void startsFromZeroWhenAServiceIsAddedAgain() {
        everywhere(100);
        statistics.follow(new Command.DeleteServer(WEB, SERVER));
        statistics.follow(new Command.DeleteService(WEB));
        assertThat(statistics.snapshot().of(WEB).total()).isEqualTo(Traffic.NONE);
        assertThat(statistics.snapshot().of(WEB_SERVER).total()).isEqualTo(Traffic.NONE);
        assertThat(statistics.snapshot().of(DNS).total()).isEqualTo(traffic(100));

        statistics.follow(new Command.Clear());
        assertThat(statistics.snapshot().of(DNS_SERVER).total()).isEqualTo(Traffic.NONE);
    }

    @Test
    void keepsItsFiguresWhenSomethingIsAddedOrEdited() {
        everywhere(100);

        statistics.follow(new Command.EditService(VirtualService.of(WEB, "rr")));
        statistics.follow(new Command.EditServer(WEB, RealServer.of(SERVER, "nat", 2)));

        assertThat(statistics.snapshot().of(WEB_SERVER).total()).isEqualTo(traffic(100));
    }

    @Test
    void forgetsTheZeroPointOfWhatTheDataPathForgot() {
        everywhere(100);
        statistics.follow(new Command.Zero(null));
        dataPath.forget(WEB_SERVER);
        statistics.estimate();

        dataPath.setTraffic(WEB_SERVER, traffic(3));

        assertThat(statistics.snapshot().of(WEB_SERVER).total()).isEqualTo(traffic(3));
    }

    private void everywhere(long count) {
        dataPath.setTraffic(WEB, traffic(count));
        dataPath.setTraffic(DNS, traffic(count));
        dataPath.setTraffic(WEB_SERVER, traffic(count));
        dataPath.setTraffic(DNS_SERVER, traffic(count));
    }

    private static Traffic traffic(long count) {
        return new Traffic(count, count, count, count, count);
    }
}
