package io.jlvs.api.testing.packet;

import java.util.Locale;

/** What verifying a checksum found. */
public enum Verdict {
    CORRECT,
    INCORRECT,
    /** The sum of the pseudo-header alone, which the kernel leaves to the device. */
    PARTIAL,
    /** UDP's zero: the sender computed none. */
    ABSENT,
    /** A fragment or a packet that was cut off: what the checksum covers is not all there. */
    UNKNOWN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
