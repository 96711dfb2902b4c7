/** {@code jlvs.yaml}: what the operator decides before the director starts. */
@NullMarked
package io.jlvs.engine.config;

import org.jspecify.annotations.NullMarked;
