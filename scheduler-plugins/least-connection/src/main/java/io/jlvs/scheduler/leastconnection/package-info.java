/** Schedulers {@code lc}, {@code wlc}, {@code sed} and {@code nq}. */
@NullMarked
package io.jlvs.scheduler.leastconnection;

import org.jspecify.annotations.NullMarked;
