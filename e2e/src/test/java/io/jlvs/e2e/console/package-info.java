/** The console in a real browser: as an operator meets it with a running engine, and with an engine that is played. */
@NullMarked
package io.jlvs.e2e.console;

import org.jspecify.annotations.NullMarked;
