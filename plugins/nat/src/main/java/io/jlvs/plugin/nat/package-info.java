/** Forwarding mode {@code nat}. */
@NullMarked
package io.jlvs.plugin.nat;

import org.jspecify.annotations.NullMarked;
