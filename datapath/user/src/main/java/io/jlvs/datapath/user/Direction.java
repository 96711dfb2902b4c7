package io.jlvs.datapath.user;

/** Which way bytes go: {@link #IN} from the client to the server, {@link #OUT} back. */
enum Direction {
    IN,
    OUT
}
