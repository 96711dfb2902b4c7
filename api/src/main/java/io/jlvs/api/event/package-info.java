/** What the director tells: the sealed family of events that travel on the event bus. */
@NullMarked
package io.jlvs.api.event;

import org.jspecify.annotations.NullMarked;
