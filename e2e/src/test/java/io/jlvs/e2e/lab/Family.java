package io.jlvs.e2e.lab;

/** IPv4 or IPv6. */
public enum Family {
    IPV4,
    IPV6;

    /** The family of an address. */
    public static Family of(String address) {
        return address.contains(":") ? IPV6 : IPV4;
    }

    /** Address and port as URLs and {@code ipvsadm} want them: {@code 10.0.0.100:80}, {@code [fd00::100]:80}. */
    public static String authority(String address, int port) {
        return (of(address) == IPV6 ? "[" + address + "]" : address) + ":" + port;
    }
}
