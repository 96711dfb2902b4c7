/** Forwarding mode {@code tun}. */
@NullMarked
package io.jlvs.plugin.tun;

import org.jspecify.annotations.NullMarked;
