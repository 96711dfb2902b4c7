@NullMarked
package io.jlvs.engine.gateway;

import org.jspecify.annotations.NullMarked;
