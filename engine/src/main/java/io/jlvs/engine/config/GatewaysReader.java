package io.jlvs.engine.config;

import io.jlvs.engine.bus.Role;
import io.jlvs.engine.config.EngineConfig.Access;
import io.jlvs.engine.config.EngineConfig.Bus;
import io.jlvs.engine.gateway.TcpOptions;
import io.jlvs.engine.gateway.Tls;
import java.util.Optional;

/** Reads who may come in from outside, and where. */
final class GatewaysReader {

    private GatewaysReader() {}

    /** What one without a token may do. */
    private enum Anonymous {
        NONE,
        OBSERVER,
        OPERATOR;

        Optional<Role> role() {
            return this == NONE ? Optional.empty() : Optional.of(Role.valueOf(name()));
        }
    }

    static Access access(Section root) {
        return root.section("access").read(in -> new Access(in.optionalPath("tokens")));
    }

    static Bus bus(Section root, Access access) {
        return root.section("bus").read(in -> {
            var tcp = in.section("tcp").read(GatewaysReader::tcp);
            in.check(
                    tcp.isEmpty()
                            || tcp.get().anonymous().isPresent()
                            || access.tokens().isPresent(),
                    "tcp lets in nobody: needs 'access: {tokens: FILE}', or 'anonymous'");
            return new Bus(tcp);
        });
    }

    static Optional<Tls> tls(Section parent) {
        return parent.section("tls").read(in -> {
            var certificate = in.optionalPath("certificate");
            var key = in.optionalPath("key");
            in.check(certificate.isPresent() && key.isPresent(), "needs the keys 'certificate' and 'key'");
            return certificate.flatMap(file -> key.map(other -> new Tls(file, other)));
        });
    }

    /** What is sent in the clear, or open to anyone, where others can reach it, has to be asked for by name. */
    private static Optional<TcpOptions> tcp(Section in) {
        var host = in.text("host", "127.0.0.1");
        var port = in.integer("port", -1, 0, 65535);
        var tls = tls(in);
        var own = EngineConfig.isLoopback(host);
        var anonymous = in.choice("anonymous", own ? Anonymous.OBSERVER : Anonymous.NONE)
                .role();
        var insecure = in.flag("insecure", false);
        in.check(port >= 0, "needs the key 'port'");
        in.check(
                own || insecure || (tls.isPresent() && anonymous.isEmpty()),
                "others can reach " + host + ": needs 'tls' and 'anonymous: none', or 'insecure: true'");
        return port < 0 ? Optional.empty() : Optional.of(new TcpOptions(host, port, tls, anonymous));
    }
}
