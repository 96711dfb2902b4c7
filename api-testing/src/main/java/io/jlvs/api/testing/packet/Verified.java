package io.jlvs.api.testing.packet;

/**
 * A checksum that was verified.
 *
 * @param name such as {@code TCP checksum}
 * @param expected what it should be, if all that it covers is there
 */
public record Verified(String name, Verdict verdict, long found, long expected) {

    @Override
    public String toString() {
        var text = "cksum 0x%04x %s".formatted(found, verdict);
        return verdict == Verdict.INCORRECT ? text + " (0x%04x)".formatted(expected) : text;
    }
}
