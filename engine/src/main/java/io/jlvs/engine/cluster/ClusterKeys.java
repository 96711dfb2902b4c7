package io.jlvs.engine.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.EnumSet;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jgroups.util.TLS;
import org.jgroups.util.TLSClientAuth;

/**
 * What tells members from strangers: one key pair that all members hold, in a PKCS #12 file made by {@code jlvs cluster
 * keys}. Each side of a connection proves by TLS (RFC 8446) that it has the key and trusts nobody else, so that what is
 * sent is encrypted as well. Whoever can read the file is a member: its permissions are the protection.
 */
public final class ClusterKeys {

    /** PKCS #12 wants one; it protects nothing, for every member has to know it. */
    static final String PASSWORD = "jlvs-cluster";

    private final Path file;
    private final KeyStore store;

    private ClusterKeys(Path file, KeyStore store) {
        this.file = file;
        this.store = store;
    }

    /** @throws IllegalStateException if the file is not there, readable by others, or holds no such key */
    public static ClusterKeys read(Path file) {
        try {
            requirePrivate(file);
            var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            return new ClusterKeys(file, store);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "can't use the key file " + file + " (cluster.keys): " + e
                            + ". Make one by 'jlvs cluster keys FILE' and copy it to all members",
                    e);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        var others = EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
        others.retainAll(Files.getPosixFilePermissions(file));
        if (!others.isEmpty()) {
            throw new IllegalStateException("the key file " + file
                    + " (cluster.keys) can be read or written by everybody, who would be members: chmod 640 " + file);
        }
    }

    /** For JGroups: both sides have to show the key. */
    TLS tls() {
        return new TLS().enabled(true).setSSLContext(context()).setClientAuth(TLSClientAuth.NEED);
    }

    /** Where the keys are, for those that read them by themselves. */
    Path file() {
        return file;
    }

    private SSLContext context() {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key file " + file + " (cluster.keys) holds no key: " + e, e);
        }
    }
}
