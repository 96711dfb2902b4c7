@NullMarked
package io.jlvs.datapath.user;

import org.jspecify.annotations.NullMarked;
