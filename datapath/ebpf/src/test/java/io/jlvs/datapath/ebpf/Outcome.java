package io.jlvs.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.PacketAssert;
import java.util.Arrays;

/**
 * What became of a frame.
 *
 * @param in as it came
 * @param verdict what the program has returned
 * @param out as it is afterwards
 */
public record Outcome(Frame in, int verdict, Frame out) {

    static final int PASSED = -1; // TC_ACT_UNSPEC
    static final int DROPPED = 2; // TC_ACT_SHOT
    static final int REDIRECTED = 7; // TC_ACT_REDIRECT

    static final int XDP_PASSED = 2;
    static final int XDP_REDIRECTED = 4;

    private static final int LINK_HEADER = 14;

    public boolean isSent() {
        return verdict == REDIRECTED;
    }

    /** The packet that was sent, from its IP header on: the link header is written on the way out. */
    public Frame sent() {
        return network(REDIRECTED);
    }

    /** The same of what the driver's program has sent. */
    public Frame sentByDriver() {
        return network(XDP_REDIRECTED);
    }

    private Frame network(int expected) {
        assertThat(verdict).as("verdict on %s", in).isEqualTo(expected);
        return Frame.parseIp(Arrays.copyOfRange(out.bytes(), LINK_HEADER, out.bytes().length));
    }

    /** The frame that was sent back where it came from. */
    public Frame answered() {
        assertThat(verdict).as("verdict on %s", in).isEqualTo(REDIRECTED);
        return out;
    }

    /** Was left to the kernel as it is. */
    public void isUntouched() {
        assertThat(verdict).as("verdict on %s", in).isEqualTo(PASSED);
        PacketAssert.assertThat(out).isPacket(in);
    }

    /** The driver's program has left it to traffic control as it is. */
    public void isLeftByDriver() {
        assertThat(verdict).as("verdict on %s", in).isEqualTo(XDP_PASSED);
        PacketAssert.assertThat(out).isPacket(in);
    }

    public void isDropped() {
        assertThat(verdict).as("verdict on %s", in).isEqualTo(DROPPED);
    }
}
