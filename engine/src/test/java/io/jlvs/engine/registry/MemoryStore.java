package io.jlvs.engine.registry;

import io.jlvs.api.CommandException;
import io.jlvs.api.ErrorCode;

/** A store without a disk, which fails when it is told to. */
public final class MemoryStore implements StateStore {

    private volatile Configuration saved;
    private volatile boolean failing;

    public MemoryStore() {
        this(Configuration.EMPTY);
    }

    public MemoryStore(Configuration saved) {
        this.saved = saved;
    }

    public Configuration saved() {
        return saved;
    }

    /** Lets {@link #awaitSaved} fail from now on. */
    public void fail() {
        failing = true;
    }

    @Override
    public Configuration load() {
        return saved;
    }

    @Override
    public void write(Configuration configuration) {
        saved = configuration;
    }

    @Override
    public void awaitSaved() {
        if (failing) {
            throw new CommandException(ErrorCode.NOT_SAVED, "the disk is full");
        }
    }

    @Override
    public void close() {}
}
