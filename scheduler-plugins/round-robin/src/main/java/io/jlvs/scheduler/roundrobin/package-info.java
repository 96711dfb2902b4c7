/** Schedulers {@code rr} and {@code wrr}. */
@NullMarked
package io.jlvs.scheduler.roundrobin;

import org.jspecify.annotations.NullMarked;
