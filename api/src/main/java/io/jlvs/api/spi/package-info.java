/** What a plugin implements: a {@link io.jlvs.api.spi.Scheduler} or a {@link io.jlvs.api.spi.ForwardingMode}. */
@NullMarked
package io.jlvs.api.spi;

import org.jspecify.annotations.NullMarked;
