@NullMarked
package io.jlvs.cli.realserver;

import org.jspecify.annotations.NullMarked;
