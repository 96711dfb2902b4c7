/** Schedulers {@code lblc} and {@code lblcr}. */
@NullMarked
package io.jlvs.scheduler.locality;

import org.jspecify.annotations.NullMarked;
