package io.jlvs.api;

/**
 * A real server of a virtual service as the operator wants it.
 *
 * @param mode name of a forwarding mode plugin: {@code nat}, {@code dr}, {@code tun}
 * @param weight 0..2147483647; 0 quiesces the server: no new connections, those it has go on
 */
public record RealServer(Endpoint endpoint, String mode, int weight, Thresholds thresholds, Tunnel tunnel) {

    public RealServer {
        if (weight < 0) {
            throw new IllegalArgumentException("weight " + weight + " is outside 0..2147483647");
        }
        if (mode.isBlank()) {
            throw new IllegalArgumentException("a real server needs a forwarding mode: nat, dr or tun");
        }
    }

    /** A server without limits. */
    public static RealServer of(Endpoint endpoint, String mode, int weight) {
        return new RealServer(endpoint, mode, weight, Thresholds.NONE, Tunnel.IPIP);
    }

    /** The same server with another weight. */
    public RealServer withWeight(int newWeight) {
        return new RealServer(endpoint, mode, newWeight, thresholds, tunnel);
    }
}
