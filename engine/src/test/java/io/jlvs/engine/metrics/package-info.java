@NullMarked
package io.jlvs.engine.metrics;

import org.jspecify.annotations.NullMarked;
