package io.jlvs.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import java.util.List;
import org.junit.jupiter.api.Test;

class DraftTest {

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
        var state = Drafts.after(webWith(FIRST, SECOND, THIRD), new Command.EditServer(WEB, SECOND.withWeight(0)));

        assertThat(web(state).servers()).containsExactly(THIRD, SECOND.withWeight(0), FIRST);
    }

    @Test
    void putsAServerThatIsAddedAgainFirst() {
        var state = Drafts.after(
                webWith(FIRST, SECOND),
                new Command.DeleteServer(WEB, FIRST.endpoint()),
                new Command.AddServer(WEB, FIRST));

        assertThat(web(state).servers()).containsExactly(FIRST, SECOND);
    }

    @Test
    void keepsTheServersOfAServiceThatIsEdited() {
        var before = webWith(FIRST, SECOND);

        var state = Drafts.after(before, new Command.EditService(VirtualService.of(WEB, "wrr")));

        assertThat(web(state).servers()).isSameAs(web(before).servers());
        assertThat(web(state).service().scheduler()).isEqualTo("wrr");
    }

    @Test
    void makesANewListOfServersForAnEditThatChangesNothing() {
        var before = webWith(FIRST, SECOND);

        var state = Drafts.after(before, new Command.EditServer(WEB, FIRST));

        assertThat(web(state).servers())
                .isEqualTo(web(before).servers())
                .isNotSameAs(web(before).servers());
    }

    @Test
    void keepsServicesInTheOrderOfTheirMaking() {
        var both = Drafts.after(webWith(), new Command.AddService(VirtualService.of(DNS, "rr")));
        assertThat(Drafts.after(both, new Command.EditService(VirtualService.of(WEB, "wrr")))
                        .services())
                .extracting(ServiceEntry::key)
                .containsExactly(WEB, DNS);

        var again = Drafts.after(
                both, new Command.DeleteService(WEB), new Command.AddService(VirtualService.of(WEB, "rr")));

        assertThat(again.services()).extracting(ServiceEntry::key).containsExactly(DNS, WEB);
    }

    @Test
    void goesOnAfterARefusalAsIfNothingHadBeen() {
        var draft = new Draft(webWith(FIRST), (_, _) -> {});

        assertThatThrownBy(() -> draft.execute(new Command.AddServer(WEB, FIRST)))
                .isInstanceOf(CommandException.class);
        draft.execute(new Command.AddServer(WEB, SECOND));

        assertThat(web(draft.configuration()).servers()).containsExactly(SECOND, FIRST);
        assertThat(draft.changes()).containsExactly(new Draft.Change(3, new Command.AddServer(WEB, SECOND)));
    }

    @Test
    void remembersWhatAServiceWasAfterEachChange() {
        var draft = new Draft(webWith(FIRST), (_, _) -> {});

        draft.execute(new Command.AddServer(WEB, SECOND));
        draft.execute(new Command.AddServer(WEB, THIRD));

        assertThat(draft.courses()).containsOnlyKeys(WEB);
        assertThat(draft.courses().getOrDefault(WEB, List.of()))
                .extracting(entry -> entry.servers().size())
                .containsExactly(2, 3);
        assertThat(draft.courses().getOrDefault(WEB, List.of()).getLast()).isSameAs(web(draft.configuration()));
    }

    @Test
    void forgetsTheCourseOfAServiceThatIsDeleted() {
        var draft = new Draft(webWith(FIRST), (_, _) -> {});

        draft.execute(new Command.AddServer(WEB, SECOND));
        draft.execute(new Command.DeleteService(WEB));

        assertThat(draft.courses()).isEmpty();
        assertThat(draft.configuration().services()).isEmpty();
    }

    private static Configuration webWith(RealServer... servers) {
        var state = Drafts.after(Configuration.EMPTY, new Command.AddService(VirtualService.of(WEB, "rr")));
        for (var server : servers) {
            state = Drafts.after(state, new Command.AddServer(WEB, server));
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
