@NullMarked
package io.jlvs.engine.http;

import org.jspecify.annotations.NullMarked;
