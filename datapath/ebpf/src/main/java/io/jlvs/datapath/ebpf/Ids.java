package io.jlvs.datapath.ebpf;

import java.util.BitSet;

/** Gives out the smallest free number, so that the numbers in use lie together. 0 stands for none. */
final class Ids {

    private final BitSet used = new BitSet();
    private final int limit;
    /** All below are in use. */
    private int lowest = 1;

    /** @param limit the numbers are below it */
    Ids(int limit) {
        this.limit = limit;
        used.set(0);
    }

    /** How many more can be taken. */
    int free() {
        return limit - used.cardinality();
    }

    int take() {
        var id = used.nextClearBit(lowest);
        if (id >= limit) {
            throw new IllegalStateException("all of the " + (limit - 1) + " numbers are in use");
        }
        used.set(id);
        lowest = id + 1;
        return id;
    }

    /** Takes this one, whether it is free or not. */
    void take(int id) {
        used.set(id);
    }

    void release(int id) {
        used.clear(id);
        lowest = Math.min(lowest, id);
    }

    /** All numbers in use are below this. */
    int end() {
        return used.length();
    }
}
