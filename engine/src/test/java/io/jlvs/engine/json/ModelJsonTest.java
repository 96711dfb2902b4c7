package io.jlvs.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Tunnel;
import io.jlvs.api.VirtualService;
import io.jlvs.api.json.ModelJson;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelJsonTest {

    @Property(tries = 500)
    void isReadBackAsItWasWritten(@ForAll("entries") ServiceEntry entry) {
        var text = ModelJson.toJson(entry).encode();

        assertThat(ModelJson.serviceEntry(new JsonObject(text))).isEqualTo(entry);
    }

    @Provide
    Arbitrary<ServiceEntry> entries() {
        return Models.entries();
    }

    @Test
    void takesDefaultsForWhatIsAbsent() {
        var service = ModelJson.virtualService(json("{'protocol':'tcp','address':'10.0.0.100','port':80}"));
        var server = ModelJson.realServer(json("{'address':'10.0.0.1','port':80,'mode':'nat'}"));

        assertThat(service).isEqualTo(VirtualService.of(ServiceKey.tcp("10.0.0.100", 80), "wlc"));
        assertThat(service.proxyProtocol()).isEqualTo(ProxyProtocol.NONE);
        assertThat(server).isEqualTo(RealServer.of(server.endpoint(), "nat", 1));
        assertThat(server.tunnel()).isEqualTo(Tunnel.IPIP);
    }

    @Test
    void writesTheWordsOfTheSchemas() {
        var service = ModelJson.virtualService(
                json("{'fwmark':7,'flags':['flag-2'],'persistence':{'netmask':'255.255.255.0','engine':'sip'}}"));

        assertThat(ModelJson.toJson(service))
                .isEqualTo(json("{'fwmark':7,'family':'ipv4','scheduler':'wlc','flags':['flag-2'],'onePacket':false,"
                        + "'proxyProtocol':'none','persistence':"
                        + "{'timeoutSeconds':360,'netmask':'255.255.255.0','engine':'sip'}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {}                                                        | $.protocol: expected a string, found nothing
            {'protocol':'icmp','address':'10.0.0.1','port':1}         | $.protocol: expected one of [tcp, udp, sctp], found 'icmp'
            {'protocol':'tcp','address':'localhost','port':1}         | $.address: 'localhost' is no IPv4 or IPv6 address
            {'protocol':'tcp','address':'10.1','port':1}              | $.address: '10.1' is no IPv4 or IPv6 address
            {'protocol':'tcp','address':'10.0.0.1','port':'80'}       | $.port: expected a whole number, found '80'
            {'protocol':'tcp','address':'10.0.0.1','port':80.5}       | $.port: expected a whole number, found 80.5
            {'protocol':'tcp','address':'10.0.0.1','port':65536}      | $: port 65536 is outside 0..65535
            {'protocol':'tcp','address':'10.0.0.1','port':0}          | $: port 0 (every port) needs persistence
            {'protocol':'tcp','address':'10.0.0.1'}                   | $.port: expected a whole number, found nothing
            {'fwmark':0}                                              | $: firewall mark 0 is outside 1..4294967295
            {'fwmark':1,'flags':'flag-1'}                             | $.flags: expected a list, found 'flag-1'
            {'fwmark':1,'flags':[1]}                                  | $.flags: expected strings only, found a list
            {'fwmark':1,'onePacket':1}                                | $.onePacket: expected true or false, found 1
            {'fwmark':1,'scheduler':''}                               | $: scheduler name '' must have 1 to 15 characters
            {'fwmark':1,'persistence':{'timeoutSeconds':0}}           | $.persistence: persistence timeout 0 s is outside 1..2678400
            {'fwmark':1,'persistence':{'timeoutSeconds':5000000000}}  | $.persistence.timeoutSeconds: expected a number up to 2147483647, found 5000000000
            {'fwmark':1,'persistence':{'netmask':'ffff::'}}           | $.persistence.netmask: expected an IPv4 mask, found 'ffff::'
            {'fwmark':1,'persistence':{'prefix':33}}                  | $.persistence: prefix 33 is outside 0..32
            {'fwmark':1,'persistence':7}                              | $.persistence: expected an object, found 7
            {'fwmark':1,'servers':[7]}                                | $.servers[0]: expected an object, found 7
            {'fwmark':1,'servers':[{'address':'10.0.0.1','port':1}]}  | $.servers[0].mode: expected a string, found nothing
            {'fwmark':1,'servers':[{'address':'10.0.0.1','port':1,'mode':'nat','weight':-1}]} | $.servers[0]: weight -1 is outside 0..2147483647
            {'fwmark':1,'servers':[{'address':'10.0.0.1','port':1,'mode':'tun','tunnel':{'type':'gue'}}]} | $.servers[0].tunnel: tunnel port 0 does not fit GUE: gue needs 1..65535
            {'fwmark':1,'servers':[{'address':'::1','port':1,'mode':'nat'},{'address':'0::1','port':1,'mode':'dr'}]} | $.servers[1]: the real server [::1]:1 is there twice
            """)
    void namesThePlaceAndWhatWasExpected(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelJson.serviceEntry(json(text)))
                .withMessage(message);
    }

    @Test
    void refusesAServiceThatIsThereTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelJson.serviceEntries(json("{'services':[{'fwmark':1},{'fwmark':1}]}")))
                .withMessage("$.services[1]: the virtual service FWM 1 is there twice");
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
