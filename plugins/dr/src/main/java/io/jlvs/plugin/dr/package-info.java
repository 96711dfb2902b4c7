/** Forwarding mode {@code dr}. */
@NullMarked
package io.jlvs.plugin.dr;

import org.jspecify.annotations.NullMarked;
