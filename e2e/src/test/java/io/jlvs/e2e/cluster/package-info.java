/** Three directors as a cluster, in network namespaces: what they agree on, who takes over, and what they do in trouble. */
@NullMarked
package io.jlvs.e2e.cluster;

import org.jspecify.annotations.NullMarked;
