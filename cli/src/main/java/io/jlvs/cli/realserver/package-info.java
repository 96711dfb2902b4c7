/**
 * {@code jlvs realserver}: prepares a real server for direct routing and tunnelling, and takes that back. A plan of shell
 * lines is made from what the machine says of itself, and is printed or run; no engine is asked.
 */
@NullMarked
package io.jlvs.cli.realserver;

import org.jspecify.annotations.NullMarked;
