package io.jlvs.cli.realserver;

import java.util.Locale;

/** The forwarding modes that a real server has to be prepared for; nat needs no more than a route. */
enum Mode {
    DR,
    TUN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
