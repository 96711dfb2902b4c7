package io.jlvs.e2e;

import java.util.Map;

/** A director with servers and clients, some trouble included. */
sealed interface Scene permits RelayScene, KernelScene {

    /** Where Prometheus finds the director's {@code /metrics}. */
    String metrics();

    /** The label {@code cluster} that the scrape configuration gives the director. */
    String cluster();

    /** A {@code service} and a {@code server} that get many connections. */
    Map<String, String> choices();
}
