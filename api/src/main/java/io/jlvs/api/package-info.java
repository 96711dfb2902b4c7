/** The words of JLVS as immutable values: virtual services, real servers, flows, and the commands that change them. */
@NullMarked
package io.jlvs.api;

import org.jspecify.annotations.NullMarked;
