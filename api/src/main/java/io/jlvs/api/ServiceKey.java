package io.jlvs.api;

/** What identifies a virtual service: protocol, address and port, or a firewall mark. */
public sealed interface ServiceKey {

    /** The family of the packets that the service takes. */
    AddressFamily family();

    /**
     * A service of an address.
     *
     * @param virtual the VIP and its port; port 0 takes every port and needs persistence
     */
    record Address(Protocol protocol, Endpoint virtual) implements ServiceKey {

        @Override
        public AddressFamily family() {
            return virtual.family();
        }

        /** {@code TCP 10.0.0.100:80}. */
        @Override
        public String toString() {
            return protocol + " " + virtual;
        }
    }

    /**
     * A service of all packets that the firewall has marked.
     *
     * @param mark 1..4294967295
     */
    record FirewallMark(long mark, AddressFamily family) implements ServiceKey {

        public FirewallMark {
            if (mark < 1 || mark > 0xffff_ffffL) {
                throw new IllegalArgumentException("firewall mark " + mark + " is outside 1..4294967295");
            }
        }

        /** {@code FWM 7} or {@code FWM 7 IPv6}. */
        @Override
        public String toString() {
            return "FWM " + mark + (family == AddressFamily.IPV6 ? " IPv6" : "");
        }
    }

    /** {@code tcp("10.0.0.100", 80)}. */
    static ServiceKey tcp(String address, int port) {
        return new Address(Protocol.TCP, Endpoint.of(address, port));
    }

    /** {@code udp("10.0.0.100", 53)}. */
    static ServiceKey udp(String address, int port) {
        return new Address(Protocol.UDP, Endpoint.of(address, port));
    }
}
