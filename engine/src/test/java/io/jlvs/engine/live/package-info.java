@NullMarked
package io.jlvs.engine.live;

import org.jspecify.annotations.NullMarked;
