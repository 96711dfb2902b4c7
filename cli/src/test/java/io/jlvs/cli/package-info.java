@NullMarked
package io.jlvs.cli;

import org.jspecify.annotations.NullMarked;
