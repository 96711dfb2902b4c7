/** The contract kit for schedulers and forwarding modes, the replay of recorded IPVS sequences, and fakes for tests. */
@NullMarked
package io.jlvs.api.testing;

import org.jspecify.annotations.NullMarked;
