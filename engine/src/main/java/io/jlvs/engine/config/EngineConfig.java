package io.jlvs.engine.config;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.datapath.Sysctls;
import io.jlvs.datapath.ebpf.EbpfOptions;
import io.jlvs.datapath.user.UserDataPathOptions;
import io.jlvs.engine.cluster.ClusterOptions;
import io.jlvs.engine.gateway.TcpOptions;
import io.jlvs.engine.gateway.Tls;
import io.jlvs.engine.http.ConsoleAccess;
import io.jlvs.engine.metrics.MetricsOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code jlvs.yaml} says. Paths in the file that are relative begin at the file's folder; {@link #defaults()} begin
 * at the working directory.
 *
 * @param metrics which series are scraped
 * @param user how the relay works
 * @param ebpf how the kernel path works, and what its forwarding modes are told
 * @param ipvs the settings of IPVS at start
 * @param cluster with whom it shares its services; empty for a director by itself
 * @param services made at start if the saved state does not have them; what the saved state has stays as it is
 */
public record EngineConfig(
        DataPathChoice datapath,
        Plugins plugins,
        State state,
        Control control,
        Http http,
        Access access,
        Bus bus,
        Log log,
        MetricsOptions metrics,
        UserDataPathOptions user,
        EbpfOptions ebpf,
        Sysctls ipvs,
        Optional<ClusterOptions> cluster,
        List<ServiceEntry> services) {

    /** Which data path forwards; {@link #AUTO} takes the best that this machine can. */
    public enum DataPathChoice {
        AUTO,
        USER,
        EBPF
    }

    /**
     * @param folder of the plugin jars; it is watched
     * @param schedulers what schedulers are told, by name: keys with their values
     */
    public record Plugins(Path folder, Map<String, Map<String, List<String>>> schedulers) {}

    /** @param folder in which the services outlive the engine */
    public record State(Path folder) {}

    /** @param socket the Unix domain socket that {@code ipvsadm} and {@code jlvs} talk to */
    public record Control(Path socket) {}

    /**
     * Where {@code /metrics}, {@code /health} and the console are served.
     *
     * @param port 0..65535; 0 takes a free one
     * @param console what who opens the console may do
     * @param tls without it all is sent in the clear
     * @param origins of other sites whose pages may use the event bus: {@code https://ops.example}
     */
    public record Http(String host, int port, ConsoleAccess console, Optional<Tls> tls, Set<String> origins) {

        public Http {
            origins = Set.copyOf(origins);
        }

        /** With a console that may change things only where nobody else can reach it. */
        static Http of(String host, int port) {
            return new Http(host, port, access(host), Optional.empty(), Set.of());
        }

        /** What the console of a host may do unless something else was said. */
        static ConsoleAccess access(String host) {
            return isLoopback(host) ? ConsoleAccess.CHANGE : ConsoleAccess.READ;
        }
    }

    /** @param tokens the file that says who has a token */
    public record Access(Optional<Path> tokens) {}

    /** @param tcp where siblings come in over TCP; nowhere when empty */
    public record Bus(Optional<TcpOptions> tcp) {}

    /** Whether nobody else can reach a host. */
    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /** How the log looks and how much it says, unless the environment says otherwise. */
    public record Log(Format format, Level level) {

        /** What a line is. */
        public enum Format {
            TEXT,
            JSON
        }

        /** The least that is told. */
        public enum Level {
            ERROR,
            WARN,
            INFO,
            DEBUG
        }
    }

    public EngineConfig {
        services = List.copyOf(services);
    }

    /** What an empty file means. */
    public static EngineConfig defaults() {
        return new EngineConfig(
                DataPathChoice.AUTO,
                new Plugins(Path.of("plugins"), Map.of()),
                new State(Path.of("/var/lib/jlvs")),
                new Control(Path.of("/run/jlvs/jlvs.sock")),
                Http.of("127.0.0.1", 9095),
                new Access(Optional.empty()),
                new Bus(Optional.empty()),
                new Log(Log.Format.TEXT, Log.Level.INFO),
                MetricsOptions.DEFAULTS,
                UserDataPathOptions.DEFAULTS,
                EbpfOptions.DEFAULTS,
                Sysctls.DEFAULTS,
                Optional.empty(),
                List.of());
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException with all errors at once
     */
    public static EngineConfig read(Path file) {
        return ConfigReader.read(file);
    }
}
