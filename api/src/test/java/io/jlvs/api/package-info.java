@NullMarked
package io.jlvs.api;

import org.jspecify.annotations.NullMarked;
