@NullMarked
package io.jlvs.engine.log;

import org.jspecify.annotations.NullMarked;
