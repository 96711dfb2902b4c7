package io.jlvs.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Real nginx servers on loopback, one process each, that answer with their name at {@code /who}. */
public final class NginxServers implements AutoCloseable {

    private record Nginx(String address, Process process) {}

    private final Sandbox sandbox = new Sandbox("nginx");
    private final Map<String, Nginx> servers = new LinkedHashMap<>();

    /** Starts the servers {@code s1}, {@code s2} and so on. */
    public static NginxServers start(int count) {
        var servers = new NginxServers();
        try {
            for (int i = 1; i <= count; i++) {
                servers.start("s" + i);
            }
            return servers;
        } catch (RuntimeException | Error e) {
            servers.close();
            throw e;
        }
    }

    public Set<String> names() {
        return servers.keySet();
    }

    /** Address and port of a server: {@code 127.0.0.1:34567}. */
    public String address(String name) {
        return server(name).address();
    }

    /** Ends a server at once, by signal 9. When this returns its port is closed. */
    public void kill(String name) {
        Sandbox.kill(server(name).process());
    }

    @Override
    public void close() {
        sandbox.close();
    }

    private Nginx server(String name) {
        var server = servers.get(name);
        if (server == null) {
            throw new IllegalArgumentException("no server " + name + ", only " + servers.keySet());
        }
        return server;
    }

    private void start(String name) {
        var address = "127.0.0.1:" + Sandbox.freePort();
        var file = sandbox.write(name + ".conf", configuration(name, address));
        var folder = sandbox.folder().toString();
        var process =
                sandbox.start(name + ".log", List.of(nginx(), "-p", folder, "-c", file.toString(), "-e", "stderr"));
        servers.put(name, new Nginx(address, process));
        await(name + " answers").until(() -> answers(address));
    }

    private static String configuration(String name, String address) {
        return """
            daemon off; master_process off; pid %1$s.pid; error_log stderr crit;
            events { worker_connections 2048; }
            http {
                access_log off; keepalive_requests 1000000;
                client_body_temp_path %1$s.a; proxy_temp_path %1$s.b; fastcgi_temp_path %1$s.c;
                uwsgi_temp_path %1$s.d; scgi_temp_path %1$s.e;
                server { listen %2$s; location = /who { return 200 "%1$s\\n"; } }
            }
            """.formatted(name, address);
    }

    /** Debian has it in a folder that is not on the path of ordinary users. */
    private static String nginx() {
        var sbin = Path.of("/usr/sbin/nginx");
        return Files.isExecutable(sbin) ? sbin.toString() : "nginx";
    }

    private static boolean answers(String address) {
        try (var client = Client.to(address)) {
            return !client.who().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }
}
