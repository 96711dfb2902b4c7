package io.jlvs.engine.registry;

/** Where the desired state outlives the engine. */
public interface StateStore extends AutoCloseable {

    /** Reads what was saved last; {@link Configuration#EMPTY} when there is nothing. Called once, before any write. */
    Configuration load();

    /** Takes the newest state, to be written soon; an older one that was not written yet is skipped. Never blocks. */
    void write(Configuration configuration);

    /**
     * Blocks until everything handed to {@link #write} before is on disk.
     *
     * @throws io.jlvs.api.CommandException with {@code NOT_SAVED} if writing fails
     */
    void awaitSaved();

    /** Writes what is left, then ends. */
    @Override
    void close();
}
