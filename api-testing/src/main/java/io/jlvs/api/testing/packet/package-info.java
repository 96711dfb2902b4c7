/**
 * Packets for tests of forwarding programs: build one layer by layer, take one apart, compare two and read the
 * difference.
 *
 * <p>A {@link io.jlvs.api.testing.packet.Packet} is its uppermost layer together with the layers below it, all of them
 * immutable. What a correct sender computes (lengths, checksums, next protocol) is computed unless a test sets it.
 */
@NullMarked
package io.jlvs.api.testing.packet;

import org.jspecify.annotations.NullMarked;
