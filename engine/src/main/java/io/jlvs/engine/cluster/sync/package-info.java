/** Connection synchronisation: what directors tell each other of their connections, all but the way it travels. */
@NullMarked
package io.jlvs.engine.cluster.sync;

import org.jspecify.annotations.NullMarked;
