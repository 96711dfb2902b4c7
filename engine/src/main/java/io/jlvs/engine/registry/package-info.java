/** The desired state and its single writer. */
@NullMarked
package io.jlvs.engine.registry;

import org.jspecify.annotations.NullMarked;
