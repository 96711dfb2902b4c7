package io.jlvs.api.testing.packet;

import java.util.Arrays;

/** Room for the options behind a header. */
final class Options {

    private Options() {}

    /** Padded with zeros, which end the options of IPv4 and TCP and are single pads in IPv6. */
    static byte[] padded(byte[] options, int multiple, int most) {
        if (options.length > most) {
            throw new IllegalArgumentException("%d bytes of options: at most %d".formatted(options.length, most));
        }
        return Arrays.copyOf(options, (options.length + multiple - 1) / multiple * multiple);
    }
}
