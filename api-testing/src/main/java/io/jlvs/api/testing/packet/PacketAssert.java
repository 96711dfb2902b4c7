package io.jlvs.api.testing.packet;

import java.util.Arrays;
import org.assertj.core.api.AbstractAssert;

/** Assertions on the bytes of a frame whose failures show packets instead of bytes. */
public final class PacketAssert extends AbstractAssert<PacketAssert, Frame> {

    private PacketAssert(Frame actual) {
        super(actual, PacketAssert.class);
    }

    /** On a frame that begins with an Ethernet header. */
    public static PacketAssert assertThat(byte[] frame) {
        return new PacketAssert(Frame.parse(frame));
    }

    public static PacketAssert assertThat(Frame frame) {
        return new PacketAssert(frame);
    }

    public static PacketAssert assertThat(Packet packet) {
        return new PacketAssert(packet.frame());
    }

    /** Is the same to the last byte. */
    public PacketAssert isPacket(Packet expected) {
        return isPacket(expected.frame());
    }

    /** Is the same to the last byte. */
    public PacketAssert isPacket(byte[] expected) {
        return isPacket(Frame.parse(expected));
    }

    /** Is the same to the last byte. */
    public PacketAssert isPacket(Frame expected) {
        var offset = Arrays.mismatch(expected.bytes(), actual.bytes());
        if (offset >= 0) {
            failWithMessage(
                    "%nexpected: %s%nbut was:  %s%n%s%nexpected bytes: %s%nactual bytes:   %s",
                    expected.describe(), actual.describe(), difference(expected, offset), expected.raw(), actual.raw());
        }
        return this;
    }

    /** Has no checksum that is wrong or partial; one that can't be verified, or that is absent, is none. */
    public PacketAssert hasCorrectChecksums() {
        var isWrong = actual.checksums().stream()
                .anyMatch(sum -> sum.verdict() == Verdict.INCORRECT || sum.verdict() == Verdict.PARTIAL);
        if (isWrong) {
            failWithMessage("%nexpected correct checksums in: %s", actual.describe());
        }
        return this;
    }

    private String difference(Frame expected, int offset) {
        var theirs = expected.bytes();
        var ours = actual.bytes();
        if (offset >= Math.min(theirs.length, ours.length)) {
            return "first difference at offset %d: %d bytes expected, %d found"
                    .formatted(offset, theirs.length, ours.length);
        }
        var bit = Integer.numberOfLeadingZeros((theirs[offset] ^ ours[offset]) & 0xff) - 24;
        return "first difference at offset %d, %s: expected 0x%02x, found 0x%02x"
                .formatted(offset, expected.nameAt(offset * 8 + bit), theirs[offset], ours[offset]);
    }
}
