package io.jlvs.engine;

/** The version of JLVS. */
final class Version {

    static final String CURRENT = "0.1.0";

    private Version() {}
}
