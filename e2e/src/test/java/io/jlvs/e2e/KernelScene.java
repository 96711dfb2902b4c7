package io.jlvs.e2e;

import io.jlvs.e2e.lab.Director;
import io.jlvs.e2e.lab.Inhabitant;
import io.jlvs.e2e.lab.Topology;
import io.jlvs.e2e.lab.TwoArm;
import java.util.List;
import java.util.Map;

/** The {@code ebpf} data path, in network namespaces. */
final class KernelScene implements Scene {

    private static final int CLIENTS = 40;
    private static final String DNS =
            "while :; do busybox nslookup -type=txt who.jlvs $1; sleep 0.1; done >/dev/null 2>&1";

    private final Running running;
    private final Topology topology;
    private final Director director;
    private final MetricsWindow window;

    KernelScene(Running running) {
        this.running = running;
        topology = running.add(TwoArm.build(), Topology::close);
        director = Director.start(topology);
        window = running.add(MetricsWindow.open(director::metrics), MetricsWindow::close);
        service("10.0.0.100:80", "wlc", "3", "2", "1");
        service("10.0.0.100:81", "lblc", "1", "1", "0");
        service("[fd00::100]:80", "wrr");
        service("10.0.0.100:82", "rr");
        List.of("10.2.0.11", "10.2.0.12", "10.2.0.13").forEach(server -> {
            director.ipvsadm("-a", "-t", "[fd00::100]:80", "-r", "[" + ipv6(server) + "]:80", "-m");
        });
        director.balance("-u", "10.0.0.100:53", "-m", List.of("10.2.0.11:53", "10.2.0.12:53"));
        visitors("10.0.0.100:80", CLIENTS);
        visitors("10.0.0.100:81", CLIENTS / 2);
        visitors("[fd00::100]:80", CLIENTS / 2);
        visitors("10.0.0.100:82", 1);
        topology.client().start("dns.log", "sh", "-c", DNS, "dns", "10.0.0.100");
        running.add(Operator.start(this::weigh), Operator::close);
    }

    @Override
    public String metrics() {
        return window.address();
    }

    @Override
    public String cluster() {
        return "edge";
    }

    @Override
    public Map<String, String> choices() {
        return Map.of("service", "10.0.0.100:80", "server", "10.2.0.12:80");
    }

    /** A service of the servers s1, s2 and so on with these weights. */
    private void service(String address, String scheduler, String... weights) {
        director.ipvsadm("-A", "-t", address, "-s", scheduler);
        for (int i = 0; i < weights.length; i++) {
            director.ipvsadm("-a", "-t", address, "-r", "10.2.0.1" + (i + 1) + ":80", "-m", "-w", weights[i]);
        }
    }

    private void weigh(int weight) {
        director.ipvsadm("-e", "-t", "10.0.0.100:80", "-r", "10.2.0.12:80", "-m", "-w", Integer.toString(weight));
    }

    /** They connect one after the other: those of a service that answers nobody must not keep the others waiting. */
    private void visitors(String service, int clients) {
        var inhabitant = running.add(new Inhabitant(topology.client()), Inhabitant::close);
        running.add(Tide.start(clients, () -> inhabitant.call(() -> Client.to(service))), Tide::close);
    }

    private static String ipv6(String ipv4) {
        return "fd00:2::" + ipv4.substring(ipv4.lastIndexOf('.') + 1);
    }
}
