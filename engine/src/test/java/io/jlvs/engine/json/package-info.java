@NullMarked
package io.jlvs.engine.json;

import org.jspecify.annotations.NullMarked;
