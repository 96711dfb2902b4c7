package io.jlvs.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VirtualServiceTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final ServiceKey DNS = ServiceKey.udp("10.0.0.100", 53);
    private static final ServiceKey MARK = new ServiceKey.FirewallMark(7, AddressFamily.IPV4);
    private static final ServiceKey EVERY_PORT = ServiceKey.tcp("10.0.0.100", 0);

    @Test
    void namesServicesAsListingsDo() {
        assertThat(WEB).hasToString("TCP 10.0.0.100:80");
        assertThat(ServiceKey.udp("2001:db8::1", 53)).hasToString("UDP [2001:db8::1]:53");
        assertThat(MARK).hasToString("FWM 7");
        assertThat(new ServiceKey.FirewallMark(7, AddressFamily.IPV6)).hasToString("FWM 7 IPv6");
    }

    @Test
    void takesEveryPortOnlyWithPersistence() {
        assertThat(service(EVERY_PORT, Persistence.of(60, AddressFamily.IPV4), false, ProxyProtocol.NONE)
                        .key())
                .isEqualTo(EVERY_PORT);
        refuses("port 0 (every port) needs persistence", EVERY_PORT, null, false, ProxyProtocol.NONE);
    }

    @Test
    void schedulesSinglePacketsOfUdpAndMarksOnly() {
        assertThat(service(DNS, null, true, ProxyProtocol.NONE).onePacket()).isTrue();
        assertThat(service(MARK, null, true, ProxyProtocol.NONE).onePacket()).isTrue();
        refuses("one-packet scheduling is for UDP services, not TCP", WEB, null, true, ProxyProtocol.NONE);
    }

    @Test
    void tellsServersOfTheClientOverTcpOnly() {
        assertThat(service(WEB, null, false, ProxyProtocol.V2).proxyProtocol()).isEqualTo(ProxyProtocol.V2);
        refuses("the PROXY protocol is for TCP services, not UDP", DNS, null, false, ProxyProtocol.V1);
    }

    @Test
    void takesANetmaskOfItsOwnFamilyOnly() {
        var ipv6 = Persistence.of(60, AddressFamily.IPV6);

        refuses("the netmask of the persistence is not IPV4", WEB, ipv6, false, ProxyProtocol.NONE);
    }

    @Test
    void takesSchedulerNamesOfUpToFifteenCharacters() {
        assertThat(VirtualService.of(WEB, "abcdefghijklmno").scheduler()).hasSize(15);
        assertThatIllegalArgumentException().isThrownBy(() -> VirtualService.of(WEB, "abcdefghijklmnop"));
        assertThatIllegalArgumentException().isThrownBy(() -> VirtualService.of(WEB, " "));
    }

    @Test
    void takesMarksOfThirtyTwoBits() {
        assertThat(new ServiceKey.FirewallMark(4294967295L, AddressFamily.IPV4).mark())
                .isEqualTo(4294967295L);
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceKey.FirewallMark(0, AddressFamily.IPV4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceKey.FirewallMark(4294967296L, AddressFamily.IPV4));
    }

    private static void refuses(
            String message, ServiceKey key, @Nullable Persistence persistence, boolean onePacket, ProxyProtocol proxy) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> service(key, persistence, onePacket, proxy))
                .withMessage(message);
    }

    private static VirtualService service(
            ServiceKey key, @Nullable Persistence persistence, boolean onePacket, ProxyProtocol proxy) {
        return new VirtualService(key, "rr", Set.of(), persistence, onePacket, proxy);
    }
}
