package io.jlvs.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.KernelMode;
import io.jlvs.api.spi.RelayMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every forwarding mode keeps to. A plugin's test extends this and gives its mode. */
public abstract class ForwardingModeContract {

    /** A new instance of the mode. */
    protected abstract ForwardingMode mode();

    @Test
    void hasANameWithoutBlanks() {
        assertThat(mode().name()).matches("\\S{1,15}");
    }

    @Test
    void runsInSomeDataPath() {
        assertThat(mode().dataPaths()).isNotEmpty();
    }

    @Test
    void runsInTheUserDataPathOnlyIfItCanBeRelayed() {
        assertThat(mode().dataPaths().contains(DataPathKind.USER)).isEqualTo(mode() instanceof RelayMode);
    }

    @Test
    void runsInTheKernelOnlyIfItBringsAProgram() {
        var inKernel = mode().dataPaths().contains(DataPathKind.EBPF);

        assertThat(inKernel).isEqualTo(mode() instanceof KernelMode);
        if (mode() instanceof KernelMode kernel) {
            assertThat(kernel.program(KernelMode.Hook.TC)).as("an ELF object").startsWith(0x7f, 'E', 'L', 'F');
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.2.0.11:8080", "[fd00:2::11]:8080"})
    void relaysToAnEndpointThatCanBeConnectedTo(String server) {
        if (!(mode() instanceof RelayMode relay)) {
            return; // nothing to relay
        }
        var endpoint = Endpoint.parse(server);
        var flow =
                new Flow(Protocol.TCP, new Endpoint(endpoint.address(), 40000), new Endpoint(endpoint.address(), 80));

        var destination = relay.destination(flow, RealServer.of(endpoint, relay.name(), 1));

        assertThat(destination.port()).isPositive();
        assertThat(destination.family()).isEqualTo(endpoint.family());
    }
}
