/** Schedulers {@code mh}, {@code sh} and {@code dh}. */
@NullMarked
package io.jlvs.scheduler.hash;

import org.jspecify.annotations.NullMarked;
