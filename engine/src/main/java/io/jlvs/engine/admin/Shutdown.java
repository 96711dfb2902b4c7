package io.jlvs.engine.admin;

/** How the engine is told to end. */
public interface Shutdown {

    /**
     * Does what has to be done while it can still be answered. Blocks.
     *
     * @param flush whether forwarding ends too where it would go on without the engine
     * @return what becomes of it, as a line of text
     * @throws RuntimeException if that failed; nothing ends then
     */
    String prepare(boolean flush);

    /** Lets the engine end. Returns at once. */
    void begin();
}
