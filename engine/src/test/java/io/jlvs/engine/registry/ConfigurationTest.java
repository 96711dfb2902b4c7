package io.jlvs.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Command;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final ServiceKey DNS = ServiceKey.udp("10.0.0.100", 53);
    private static final RealServer FIRST = server("10.0.0.1");
    private static final RealServer SECOND = server("10.0.0.2");
    private static final RealServer THIRD = server("10.0.0.3");

    @Test
    void keepsServersTheNewestFirst() {
        var state = webWith(FIRST, SECOND, THIRD);

        assertThat(web(state).servers()).containsExactly(THIRD, SECOND, FIRST);
    }

    @Test
    void keepsTheServersPlaceWhenItIsEdited() {
        var state = webWith(FIRST, SECOND, THIRD).after(new Command.EditServer(WEB, SECOND.withWeight(0)));

        assertThat(web(state).servers()).containsExactly(THIRD, SECOND.withWeight(0), FIRST);
    }

    @Test
    void putsAServerThatIsAddedAgainFirst() {
        var state = webWith(FIRST, SECOND)
                .after(new Command.DeleteServer(WEB, FIRST.endpoint()))
                .after(new Command.AddServer(WEB, FIRST));

        assertThat(web(state).servers()).containsExactly(FIRST, SECOND);
    }

    @Test
    void keepsTheServersOfAServiceThatIsEdited() {
        var before = webWith(FIRST, SECOND);

        var state = before.after(new Command.EditService(VirtualService.of(WEB, "wrr")));

        assertThat(web(state).servers()).isSameAs(web(before).servers());
        assertThat(web(state).service().scheduler()).isEqualTo("wrr");
    }

    @Test
    void makesANewListOfServersForAnEditThatChangesNothing() {
        var before = webWith(FIRST, SECOND);

        var state = before.after(new Command.EditServer(WEB, FIRST));

        assertThat(web(state).servers())
                .isEqualTo(web(before).servers())
                .isNotSameAs(web(before).servers());
    }

    @Test
    void keepsServicesInTheOrderOfTheirMaking() {
        var both = webWith().after(new Command.AddService(VirtualService.of(DNS, "rr")));
        assertThat(both.after(new Command.EditService(VirtualService.of(WEB, "wrr")))
                        .services())
                .extracting(ServiceEntry::key)
                .containsExactly(WEB, DNS);

        var again =
                both.after(new Command.DeleteService(WEB)).after(new Command.AddService(VirtualService.of(WEB, "rr")));

        assertThat(again.services()).extracting(ServiceEntry::key).containsExactly(DNS, WEB);
    }

    private static Configuration webWith(RealServer... servers) {
        var state = Configuration.EMPTY.after(new Command.AddService(VirtualService.of(WEB, "rr")));
        for (var server : servers) {
            state = state.after(new Command.AddServer(WEB, server));
        }
        return state;
    }

    private static ServiceEntry web(Configuration state) {
        return state.find(WEB).orElseThrow();
    }

    private static RealServer server(String address) {
        return RealServer.of(Endpoint.of(address, 8080), "nat", 1);
    }
}
