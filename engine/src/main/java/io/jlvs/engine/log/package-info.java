/** What the log says of changes and who made them, and how its lines look. */
@NullMarked
package io.jlvs.engine.log;

import org.jspecify.annotations.NullMarked;
