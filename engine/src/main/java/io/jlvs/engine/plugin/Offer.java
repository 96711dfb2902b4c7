package io.jlvs.engine.plugin;

/**
 * A scheduler or mode and the jar that brought it.
 *
 * @param jar file name of the jar
 */
public record Offer<T>(String jar, String name, T instance) {}
