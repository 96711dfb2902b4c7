package io.jlvs.engine.http;

/** What who opens the console may do. */
public enum ConsoleAccess {
    /** See, and change services and real servers. */
    CHANGE,
    /** See. */
    READ,
    /** There is no console. */
    OFF
}
