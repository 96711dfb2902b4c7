/** Schedulers {@code fo} and {@code ovf}. */
@NullMarked
package io.jlvs.scheduler.overflow;

import org.jspecify.annotations.NullMarked;
