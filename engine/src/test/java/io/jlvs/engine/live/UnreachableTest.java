package io.jlvs.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRequested;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnreachableTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final Endpoint A = Endpoint.of("10.0.1.1", 80);
    private static final Endpoint B = Endpoint.of("10.0.1.2", 80);
    private static final Flow FLOW =
            new Flow(Protocol.TCP, Endpoint.of("192.0.2.7", 40000), Endpoint.of("10.0.0.100", 80));

    private final Unreachable unreachable = new Unreachable();

    @Test
    void remembersAServerUntilItAcceptsAgain() {
        unreachable.on(new ConnectionRequested(1, 1, WEB, FLOW, Set.of(A)));
        unreachable.on(new ConnectionOpened(2, 1, WEB, FLOW, B, 1));
        assertThat(unreachable.contains(new ServerId(WEB, A))).isTrue();
        assertThat(unreachable.contains(new ServerId(WEB, B))).isFalse();

        unreachable.on(new ConnectionOpened(3, 2, WEB, FLOW, A, 1));
        assertThat(unreachable.contains(new ServerId(WEB, A))).isFalse();
    }

    @Test
    void forgetsAServerThatIsGone() {
        unreachable.on(new ConnectionRequested(1, 1, WEB, FLOW, Set.of(A, B)));

        unreachable.retain(id -> id.server().equals(B));

        assertThat(unreachable.contains(new ServerId(WEB, A))).isFalse();
        assertThat(unreachable.contains(new ServerId(WEB, B))).isTrue();
    }
}
