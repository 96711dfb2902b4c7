@NullMarked
package io.jlvs.engine.cluster;

import org.jspecify.annotations.NullMarked;
