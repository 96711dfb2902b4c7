package io.jlvs.api.testing.packet;

/** The bits of TCP's flags from the lowest up (RFC 9293 section 3.1). */
public enum TcpFlag {
    FIN(0x01),
    SYN(0x02),
    RST(0x04),
    PSH(0x08),
    ACK(0x10),
    URG(0x20),
    ECE(0x40),
    CWR(0x80);

    private final int mask;

    TcpFlag(int mask) {
        this.mask = mask;
    }

    int mask() {
        return mask;
    }
}
