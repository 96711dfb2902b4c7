package io.jlvs.engine.ipvsadm;

/**
 * What {@code --set} sets, in seconds: the timeouts of the {@code ebpf} data path for TCP in ESTABLISHED, TCP in FIN_WAIT,
 * and UDP.
 */
record Timeouts(int tcp, int tcpFin, int udp) {

    static final Timeouts DEFAULT = new Timeouts(900, 120, 300);

    /** With these three; 0 leaves one as it is. */
    Timeouts with(int[] three) {
        return new Timeouts(
                three[0] == 0 ? tcp : three[0], three[1] == 0 ? tcpFin : three[1], three[2] == 0 ? udp : three[2]);
    }

    @Override
    public String toString() {
        return "Timeout (tcp tcpfin udp): " + tcp + " " + tcpFin + " " + udp;
    }
}
