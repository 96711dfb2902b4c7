/** The border between control plane and data path: a snapshot goes down, connections and counters come up. */
@NullMarked
package io.jlvs.api.datapath;

import org.jspecify.annotations.NullMarked;
