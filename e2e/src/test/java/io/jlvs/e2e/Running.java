package io.jlvs.e2e;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What was started and must end: the last first. */
final class Running implements AutoCloseable {

    private final Deque<Runnable> ends = new ArrayDeque<>();

    /** Remembers how a thing ends. */
    <T> T add(T thing, Consumer<T> end) {
        ends.push(() -> end.accept(thing));
        return thing;
    }

    @Override
    public void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}
