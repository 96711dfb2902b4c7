/** What goes on now, for people who look: rates, states, single connections and their reasons, what a change would do. */
@org.jspecify.annotations.NullMarked
package io.jlvs.engine.live;
