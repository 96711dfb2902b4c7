package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.e2e.lab.Director;
import io.jlvs.e2e.lab.Family;
import io.jlvs.e2e.lab.Host;
import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.Topology;
import io.jlvs.e2e.lab.TwoArm;
import io.jlvs.e2e.lab.Visitor;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The director as a client of its own services and as one of their servers, and a VIP that no interface has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalTest {

    private static final String VIP = Topology.vip(Family.IPV4);
    private static final String NOWHERE = "198.18.0.1";

    private Topology topology;
    private Director director;
    private Host host;

    @BeforeAll
    void start() {
        Lab.assumePossible();
        topology = TwoArm.build();
        host = topology.director();
        startNginx();
        director = Director.start(topology);
    }

    @AfterAll
    void stop() {
        if (topology != null) {
            topology.close();
        }
    }

    @AfterEach
    void clear() {
        director.ipvsadm("-C");
    }

    @Test
    void isAClientOfItsOwnServices() {
        director.balance("-t", VIP + ":80", "-m", List.of("10.2.0.11:80"));

        assertThat(new Visitor(host).who(VIP, 2)).containsExactly("s1", "s1");
    }

    @Test
    void isARealServerBehindNat() {
        director.balance("-t", VIP + ":80", "-m", List.of("10.0.0.1:8081", "10.2.0.11:80"));

        assertThat(new Visitor(topology.client()).who(VIP, 4))
                .containsOnly("director", "s1")
                .contains("director", "s1");
        assertThat(new Visitor(host).who(VIP, 4)).containsOnly("director", "s1").contains("director", "s1");
    }

    @Test
    void isARealServerOfDirectRouting() {
        director.balance("-t", VIP + ":80", "-g", List.of("10.0.0.1:80"));

        assertThat(new Visitor(topology.client()).who(VIP, 2)).containsOnly("director");
    }

    @Test
    void balancesAVipThatIsOnNoInterface() {
        topology.client().route(NOWHERE + "/32", "10.0.0.1");
        director.balance("-t", NOWHERE + ":80", "-m", List.of("10.2.0.11:80", "10.2.0.12:80"));

        assertThat(new Visitor(topology.client()).who(NOWHERE, 4)).contains("s1", "s2");
    }

    private void startNginx() {
        host.write("director-nginx.conf", """
                daemon off; master_process off; pid %1$s/director-nginx.pid; error_log stderr crit;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/dn.a; proxy_temp_path %1$s/dn.b; fastcgi_temp_path %1$s/dn.c;
                    uwsgi_temp_path %1$s/dn.d; scgi_temp_path %1$s/dn.e;
                    server { listen 80; listen 8081; location = /who { return 200 "director\\n"; } }
                }
                """.formatted(host.folder()));
        host.start("director-nginx.log", "nginx", "-c", host.folder() + "/director-nginx.conf", "-e", "stderr");
    }
}
