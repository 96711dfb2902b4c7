/** Counters as listings show them: since the last zero point, and as rates. */
@NullMarked
package io.jlvs.engine.stats;

import org.jspecify.annotations.NullMarked;
