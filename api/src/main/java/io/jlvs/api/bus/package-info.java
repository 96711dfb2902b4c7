/** The addresses of the event bus and the version of their payloads. */
@NullMarked
package io.jlvs.api.bus;

import org.jspecify.annotations.NullMarked;
