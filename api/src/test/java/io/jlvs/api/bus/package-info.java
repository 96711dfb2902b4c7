@NullMarked
package io.jlvs.api.bus;

import org.jspecify.annotations.NullMarked;
