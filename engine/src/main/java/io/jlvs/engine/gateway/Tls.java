package io.jlvs.engine.gateway;

import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;

/**
 * What a server proves itself with.
 *
 * @param certificate its certificate and those that lead to the root, PEM
 * @param key its private key, PEM (PKCS#8)
 */
public record Tls(Path certificate, Path key) {

    /** For a server of Vert.x. */
    public KeyCertOptions keys() {
        return new PemKeyCertOptions().addCertPath(certificate.toString()).addKeyPath(key.toString());
    }
}
