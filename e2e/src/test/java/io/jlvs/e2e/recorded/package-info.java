/** What was recorded of the real IPVS, step by step, played again before the product: same traffic, same answers. */
@NullMarked
package io.jlvs.e2e.recorded;

import org.jspecify.annotations.NullMarked;
