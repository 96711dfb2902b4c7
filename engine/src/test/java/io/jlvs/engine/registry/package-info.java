@NullMarked
package io.jlvs.engine.registry;

import org.jspecify.annotations.NullMarked;
