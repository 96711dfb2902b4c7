package io.jlvs.engine.cluster.sync;

/** Turns synchronisation on and off: what ipvsadm's sync daemons are here. */
public interface SyncSwitch {

    /** What a daemon does. */
    enum Role {
        /** Sends. */
        MASTER,
        /** Takes. */
        BACKUP
    }

    /** Of a director without others: nothing is sent, nothing comes. */
    SyncSwitch NOWHERE = new SyncSwitch() {
        @Override
        public boolean start(Role role, int syncId) {
            return false;
        }

        @Override
        public void stop(Role role) {}
    };

    /**
     * Sends, or takes, from now on.
     *
     * @param syncId 0..255: what is sent says it; a backup with 0 takes all, with another only what says the same
     * @return false when there is nobody to send to or to take from
     */
    boolean start(Role role, int syncId);

    /** Goes back to what the configuration says: off, unless the cluster synchronises by itself. */
    void stop(Role role);
}
