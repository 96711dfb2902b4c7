/**
 * The command line of ipvsadm, interpreted: its options, checks, outputs and exit codes as version 1.31 has them. What is
 * said of it here was seen in recordings of the original on a kernel with IPVS.
 */
@NullMarked
package io.jlvs.engine.ipvsadm;

import org.jspecify.annotations.NullMarked;
