/**
 * The relay in user space: TCP connections and UDP sessions are ended here and begun anew towards the real server. Needs
 * no privilege and no kernel feature.
 */
@NullMarked
package io.jlvs.datapath.user;

import org.jspecify.annotations.NullMarked;
