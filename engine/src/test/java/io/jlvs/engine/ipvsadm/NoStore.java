package io.jlvs.engine.ipvsadm;

import io.jlvs.engine.registry.Configuration;
import io.jlvs.engine.registry.StateStore;

/** Keeps nothing. */
final class NoStore implements StateStore {

    @Override
    public Configuration load() {
        return Configuration.EMPTY;
    }

    @Override
    public void write(Configuration configuration) {}

    @Override
    public void awaitSaved() {}

    @Override
    public void close() {}
}
