@NullMarked
package io.jlvs.datapath.ebpf.libbpf;

import org.jspecify.annotations.NullMarked;
