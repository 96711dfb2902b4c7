/** Measurements of parts. Whole ways are measured by the scripts beside. */
@NullMarked
package io.jlvs.bench;

import org.jspecify.annotations.NullMarked;
