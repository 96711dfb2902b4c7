/** Scheduler {@code remote}. */
@NullMarked
package io.jlvs.scheduler.remote;

import org.jspecify.annotations.NullMarked;
