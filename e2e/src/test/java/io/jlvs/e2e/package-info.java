/** The assembled product on real web servers, as an operator runs it. */
@NullMarked
package io.jlvs.e2e;

import org.jspecify.annotations.NullMarked;
