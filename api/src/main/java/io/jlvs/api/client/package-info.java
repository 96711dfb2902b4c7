/** The event bus of directors for services written in Java: typed, over an event bus of Vert.x. */
@NullMarked
package io.jlvs.api.client;

import org.jspecify.annotations.NullMarked;
