@NullMarked
package io.jlvs.datapath.ebpf;

import org.jspecify.annotations.NullMarked;
