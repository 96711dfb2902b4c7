@NullMarked
package io.jlvs.engine.bus;

import org.jspecify.annotations.NullMarked;
