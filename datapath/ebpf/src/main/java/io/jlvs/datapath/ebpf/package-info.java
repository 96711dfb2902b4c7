/** The kernel data path: eBPF programs do the forwarding, maps hold what they know, Java fills and reads the maps. */
@NullMarked
package io.jlvs.datapath.ebpf;

import org.jspecify.annotations.NullMarked;
