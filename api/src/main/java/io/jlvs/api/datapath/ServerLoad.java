package io.jlvs.api.datapath;

/** The connections that a real server has now; each read is current. */
public interface ServerLoad {

    /** Connections in SYN_RECV or ESTABLISHED. */
    int active();

    /** Connections in any other state, and all UDP sessions. */
    int inactive();

    /** Persistence templates that lead to the server, where the data path keeps them. */
    default int persistent() {
        return 0;
    }
}
