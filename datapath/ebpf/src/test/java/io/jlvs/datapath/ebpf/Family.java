package io.jlvs.datapath.ebpf;

import io.jlvs.api.testing.packet.Ipv4;
import io.jlvs.api.testing.packet.Ipv6;
import io.jlvs.api.testing.packet.Packet;

/** The addresses of {@link ProgramBench}, those of the recordings. */
public enum Family {
    IPV4("10.0.0.2", "10.0.0.100", "10.0.1.1", "10.0.1.2", "10.0.1.14"),
    IPV6("fd00::2", "fd00::100", "fd00:1::1", "fd00:1::2", "fd00:1::14");

    private final String client;
    private final String vip;
    private final String director;
    private final String server;
    private final String narrow;

    Family(String client, String vip, String director, String server, String narrow) {
        this.client = client;
        this.vip = vip;
        this.director = director;
        this.server = server;
        this.narrow = narrow;
    }

    public String client() {
        return client;
    }

    public String vip() {
        return vip;
    }

    /** The director's address on the servers' side. */
    public String director() {
        return director;
    }

    public String server() {
        return server;
    }

    /** A server behind an MTU of {@link ProgramBench#NARROW}. */
    public String narrow() {
        return narrow;
    }

    /** An IP header of this family, TTL 64. */
    public Packet ip(Packet below, String source, String destination) {
        return this == IPV4 ? below.ipv4(source, destination) : below.ipv6(source, destination);
    }

    /** The same packet one hop further. */
    public static Packet hop(Packet packet) {
        return packet.change(Ipv4.class, ip -> ip.ttl(ip.ttl() - 1))
                .change(Ipv6.class, ip -> ip.hopLimit(ip.hopLimit() - 1));
    }

    /** The same packet with another TTL, or hop limit. */
    public static Packet ttl(Packet packet, int ttl) {
        return packet.change(Ipv4.class, ip -> ip.ttl(ttl)).change(Ipv6.class, ip -> ip.hopLimit(ttl));
    }

    /** The same packet from somewhere else to somewhere else. */
    public static Packet between(Packet packet, String source, String destination) {
        return packet.change(Ipv4.class, ip -> ip.source(source).destination(destination))
                .change(Ipv6.class, ip -> ip.source(source).destination(destination));
    }
}
