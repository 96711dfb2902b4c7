package io.jlvs.e2e;

/** A director with servers and clients, some trouble included. */
sealed interface Scene permits RelayScene, KernelScene {

    /** Where Prometheus finds the director's {@code /metrics}. */
    String metrics();

    /** The label {@code cluster} that the scrape configuration gives the director. */
    String cluster();
}
