package io.jlvs.api.client;

import io.jlvs.api.event.JlvsEvent;

/**
 * An event, and who told it.
 *
 * @param director its name; empty on a director's own bus
 * @param missed how many events did not arrive since the one before: who is too slow is told so, and this client counts
 *     those of a newer API that it can't read
 */
public record Told(JlvsEvent event, String director, long missed) {}
