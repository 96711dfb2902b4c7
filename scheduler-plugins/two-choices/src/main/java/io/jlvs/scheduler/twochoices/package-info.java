/** Scheduler {@code twos}. */
@NullMarked
package io.jlvs.scheduler.twochoices;

import org.jspecify.annotations.NullMarked;
