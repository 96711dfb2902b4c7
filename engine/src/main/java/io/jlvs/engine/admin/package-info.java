/** The control socket: how the commands of this machine reach the director. */
@NullMarked
package io.jlvs.engine.admin;

import org.jspecify.annotations.NullMarked;
