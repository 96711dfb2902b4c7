/** Schedulers {@code lc} and {@code wlc}. */
@NullMarked
package io.jlvs.scheduler.leastconnection;

import org.jspecify.annotations.NullMarked;
