@NullMarked
package io.jlvs.engine.ipvsadm;

import org.jspecify.annotations.NullMarked;
