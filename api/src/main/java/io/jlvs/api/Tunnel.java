package io.jlvs.api;

/**
 * How packets are wrapped on the way to a server in mode {@code tun}.
 *
 * @param port UDP port of the far end, 1..65535 for {@link Type#GUE}, 0 otherwise
 */
public record Tunnel(Type type, int port, Checksum checksum) {

    public static final Tunnel IPIP = new Tunnel(Type.IPIP, 0, Checksum.NONE);

    /** IP in IP (RFC 2003), Generic UDP Encapsulation, or GRE (RFC 2784). */
    public enum Type {
        IPIP,
        GUE,
        GRE
    }

    /** Outer checksum: none, full, or remote checksum offload. */
    public enum Checksum {
        NONE,
        FULL,
        REMOTE
    }

    public Tunnel {
        if (type == Type.GUE ? port < 1 || port > 65535 : port != 0) {
            throw new IllegalArgumentException(
                    "tunnel port " + port + " does not fit " + type + ": gue needs 1..65535");
        }
        if ((type == Type.IPIP && checksum != Checksum.NONE) || (type == Type.GRE && checksum == Checksum.REMOTE)) {
            throw new IllegalArgumentException("tunnel type " + type + " has no checksum " + checksum);
        }
    }
}
