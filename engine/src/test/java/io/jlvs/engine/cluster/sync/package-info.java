@NullMarked
package io.jlvs.engine.cluster.sync;

import org.jspecify.annotations.NullMarked;
