@NullMarked
package io.jlvs.engine.stats;

import org.jspecify.annotations.NullMarked;
