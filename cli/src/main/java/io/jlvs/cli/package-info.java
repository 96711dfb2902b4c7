/** The commands of this machine, {@code ipvsadm} and {@code jlvs}: thin, they talk to the engine's control socket. */
@NullMarked
package io.jlvs.cli;

import org.jspecify.annotations.NullMarked;
