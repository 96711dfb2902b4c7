package io.jlvs.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jlvs.api.Tunnel.Checksum;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealServerTest {

    private static final Endpoint ENDPOINT = Endpoint.of("10.0.0.1", 80);

    @Test
    void takesWeightsAsIpvsadmDoes() {
        assertThat(RealServer.of(ENDPOINT, "nat", Integer.MAX_VALUE).weight()).isEqualTo(2147483647);
        assertThat(RealServer.of(ENDPOINT, "nat", 5).withWeight(0)).isEqualTo(RealServer.of(ENDPOINT, "nat", 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RealServer.of(ENDPOINT, "nat", -1))
                .withMessage("weight -1 is outside 0..2147483647");
    }

    @Test
    void needsAMode() {
        assertThatIllegalArgumentException().isThrownBy(() -> RealServer.of(ENDPOINT, "", 1));
    }

    @ParameterizedTest
    @CsvSource({"IPIP, 0, NONE", "GUE, 1, NONE", "GUE, 65535, REMOTE", "GUE, 6080, FULL", "GRE, 0, NONE", "GRE, 0, FULL"
    })
    void takesTunnelsThatIpvsHas(Tunnel.Type type, int port, Checksum checksum) {
        assertThat(new Tunnel(type, port, checksum).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"IPIP, 1, NONE", "IPIP, 0, FULL", "GUE, 0, NONE", "GUE, 65536, NONE", "GRE, 1, NONE", "GRE, 0, REMOTE"})
    void refusesTunnelsThatIpvsHasNot(Tunnel.Type type, int port, Checksum checksum) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tunnel(type, port, checksum));
    }

    @Test
    void isFoundInItsServiceByItsEndpoint() {
        var service = VirtualService.of(ServiceKey.tcp("10.0.0.100", 80), "rr");
        var server = RealServer.of(ENDPOINT, "nat", 1);
        var entry = new ServiceEntry(service, List.of(RealServer.of(Endpoint.of("10.0.0.2", 80), "nat", 1), server));

        assertThat(entry.server(ENDPOINT)).contains(server);
        assertThat(entry.server(Endpoint.of("10.0.0.1", 81))).isEmpty();
    }
}
