/**
 * libbpf, as far as it is needed, bound by the Foreign Function and Memory API. Nothing here knows of load balancing. The
 * functions are those of libbpf 1.0 and later; each handle stands beside its C prototype.
 */
@NullMarked
package io.jlvs.datapath.ebpf.libbpf;

import org.jspecify.annotations.NullMarked;
