package io.jlvs.datapath.ebpf;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The changes of IPVS's SCTP states, listed by who is seen; what is not listed stays. */
public enum SctpStates {
    /** Both sides are seen, the client speaks. */
    CLIENT("""
            0 NONE>ESTABLISHED
            1 NONE>INIT1 INIT1,REJECTED>INIT
            2 NONE,INIT1,INIT>C-WAIT C-WAIT>COOKIE
            10 NONE,C-SENT>C-REPLIED INIT1>INIT
            11 NONE,C-ECHOED>ESTABLISHED
            7 NONE,ESTABLISHED>S-RECEIVED
            8 NONE,S-SENT,S-ACK-SENT>CLOSED INIT1>INIT
            14 NONE,INIT1,INIT,S-ACK-SENT>CLOSED
            9 NONE,C-ECHOED>CLOSED
            6 C-WAIT>REJECTED *>CLOSED"""),
    /** Both sides are seen, the server speaks. */
    SERVER("""
            0 NONE>ESTABLISHED
            1 ESTABLISHED>ESTABLISHED *>C-WAIT
            2 NONE,INIT1,INIT>C-SENT
            10 NONE,INIT1,INIT,C-SENT,C-REPLIED,C-WAIT,COOKIE>C-ECHOED
            11 NONE,INIT1,INIT,C-SENT,C-REPLIED,C-WAIT,COOKIE,C-ECHOED>ESTABLISHED
            7 NONE,INIT1,INIT,C-SENT,C-REPLIED,C-WAIT,COOKIE,C-ECHOED,ESTABLISHED>S-SENT
            8 NONE,INIT1,INIT,C-SENT,C-REPLIED,S-SENT,S-RECEIVED>S-ACK-SENT
            14 NONE>CLOSED
            9 NONE,INIT1,INIT,C-SENT,C-REPLIED>CLOSED
            6 INIT1>REJECTED *>CLOSED"""),
    /** The client alone is seen. */
    CLIENT_ONLY("""
            0 NONE,C-WAIT>ESTABLISHED
            1 NONE>INIT1 INIT1,C-SENT,C-REPLIED,C-WAIT,REJECTED>INIT
            2 NONE,INIT1,INIT,C-SENT,C-REPLIED,C-WAIT>C-ECHOED
            10 NONE,INIT1,INIT,C-SENT,C-REPLIED,C-WAIT>ESTABLISHED
            11 NONE,C-SENT,C-REPLIED,COOKIE,C-ECHOED>ESTABLISHED
            7 NONE,ESTABLISHED>S-RECEIVED
            8 NONE,ESTABLISHED,S-SENT,S-ACK-SENT>CLOSED INIT1>INIT
            14 NONE,INIT1,INIT,C-SENT,C-REPLIED,S-RECEIVED,S-ACK-SENT>CLOSED
            9 NONE>CLOSED
            6 C-WAIT>REJECTED *>CLOSED""");

    private static final List<Integer> CHUNKS = List.of(0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 14);
    private static final int INIT = 1;

    private final String changes;

    SctpStates(String changes) {
        this.changes = changes;
    }

    /** The type of any chunk: mostly not ABORT, which ends every walk. */
    public static int anyChunk(Random random) {
        int chunk = CHUNKS.get(random.nextInt(CHUNKS.size()));
        return chunk == 6 && random.nextInt(4) > 0 ? INIT : chunk;
    }

    /** The state after a chunk. A client's INIT to a closed association is the first of another (conn_reuse_mode). */
    public String after(String state, int chunk) {
        if (this != SERVER && chunk == INIT && state.equals("CLOSED")) {
            return "INIT1";
        }
        return changes.lines()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals(String.valueOf(chunk)))
                .flatMap(words -> Arrays.stream(words).skip(1))
                .map(change -> change.split(">"))
                .filter(change ->
                        change[0].equals("*") || List.of(change[0].split(",")).contains(state))
                .map(change -> change[1])
                .findFirst()
                .orElse(state);
    }
}
