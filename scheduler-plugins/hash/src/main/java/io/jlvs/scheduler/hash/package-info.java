/** Scheduler {@code mh}. */
@NullMarked
package io.jlvs.scheduler.hash;

import org.jspecify.annotations.NullMarked;
