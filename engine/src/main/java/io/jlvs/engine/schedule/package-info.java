/** The event pipeline: a connection request comes in on the bus, a scheduler picks, the decision goes back. */
@NullMarked
package io.jlvs.engine.schedule;

import org.jspecify.annotations.NullMarked;
