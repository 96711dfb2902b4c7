@NullMarked
package io.jlvs.plugin.fullnat;

import org.jspecify.annotations.NullMarked;
