/** The event bus as an API: commands come in by request and reply, events go out. */
@NullMarked
package io.jlvs.engine.bus;

import org.jspecify.annotations.NullMarked;
