package io.jlvs.e2e.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A real server: a host with nginx at port 80 and dnsmasq at port 53, reachable at all its addresses. {@code /who} answers
 * with its name, {@code /files/X} gives the file X of the lab's folder, a file put to {@code /uploads/X} is kept; the name
 * {@code who.jlvs} has its name as TXT record.
 *
 * @param name {@code s1}, {@code s2} and so on
 * @param ipv4 its own address
 * @param ipv6 its own address
 */
public record Server(String name, Host host, String ipv4, String ipv6) {

    /** Starts nginx and dnsmasq, and returns when both answer. */
    public void start() {
        startNginx();
        startDns();
    }

    /** Its own address. */
    public String address(Family family) {
        return family == Family.IPV4 ? ipv4 : ipv6;
    }

    /** A file that was put to {@code /uploads/NAME}. */
    public Path upload(String fileName) {
        return host.folder().resolve("uploads").resolve(fileName);
    }

    /** Prepares it for mode {@code dr} or {@code tun} as an operator does, by {@code jlvs realserver setup}. */
    public void setUp(String mode) {
        setUp(mode, Topology.VIP, Topology.VIP6);
    }

    /** The same for other virtual addresses. */
    public void setUp(String mode, String... vips) {
        var command = Stream.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                Product.source("dist/target/jlvs/bin/jlvs").toString(),
                "realserver",
                "setup",
                "--mode=" + mode,
                "--interface=eth0");
        host.run(Stream.concat(command, Stream.of(vips).map(vip -> "--vip=" + vip))
                .toArray(String[]::new));
    }

    private void startNginx() {
        try {
            Files.createDirectory(host.folder().resolve("uploads"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var configuration = host.write("nginx.conf", configuration());
        host.start(
                "nginx.log", "nginx", "-p", host.folder().toString(), "-c", configuration.toString(), "-e", "stderr");
        await(name + " answers HTTP")
                .until(() -> host.attempt("curl", "-sf", "http://127.0.0.1/who").exit() == 0);
    }

    private String configuration() {
        return """
            daemon off; master_process off; pid nginx.pid; error_log stderr crit; user root;
            events { worker_connections 4096; }
            http {
                access_log off; sendfile on; keepalive_requests 1000000; client_max_body_size 0;
                client_body_temp_path a; proxy_temp_path b; fastcgi_temp_path c; uwsgi_temp_path d; scgi_temp_path e;
                server {
                    listen 80; listen [::]:80;
                    location = /who { return 200 "%1$s\\n"; }
                    location /files/ { alias %2$s/; }
                    location /uploads/ { root %3$s; dav_methods PUT; }
                }
            }
            """.formatted(name, host.folder().getParent(), host.folder());
    }

    /** It answers from the address that was asked, as it must for a virtual one. */
    private void startDns() {
        host.start(
                "dns.log",
                "dnsmasq",
                "--conf-file=/dev/null",
                "--keep-in-foreground",
                "--user=root",
                "--pid-file=",
                "--no-resolv",
                "--no-hosts",
                "--txt-record=who.jlvs," + name);
        await(name + " answers DNS")
                .until(() -> host.attempt("busybox", "nslookup", "-type=txt", "who.jlvs", "127.0.0.1")
                                .exit()
                        == 0);
    }
}
