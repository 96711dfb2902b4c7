@NullMarked
package io.jlvs.engine.config;

import org.jspecify.annotations.NullMarked;
