/** The director as one process: what starts in which order. */
@NullMarked
package io.jlvs.engine;

import org.jspecify.annotations.NullMarked;
