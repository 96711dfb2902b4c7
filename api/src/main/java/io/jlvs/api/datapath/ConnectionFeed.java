package io.jlvs.api.datapath;

/** What tells a follower of new and changed connections ({@link DataPath#follow}). */
public interface ConnectionFeed extends AutoCloseable {

    /** Of a data path that has nothing to tell. */
    ConnectionFeed SILENT = new ConnectionFeed() {
        @Override
        public void tellAll() {}

        @Override
        public void close() {}
    };

    /** Tells everything that the data path knows, soon: also what it has taken from others. Returns at once. */
    void tellAll();

    /** Tells nothing more once it returns. */
    @Override
    void close();
}
