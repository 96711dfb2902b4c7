package io.jlvs.api.testing.packet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The bytes of one header in network byte order, and which of its computed fields were set by hand. Immutable. */
public final class Bits {

    static final Bits EMPTY = of();

    private final byte[] bytes;
    private final Set<Field> fixed;

    private Bits(byte[] bytes, Set<Field> fixed) {
        this.bytes = bytes;
        this.fixed = Set.copyOf(fixed);
    }

    static Bits of(byte... bytes) {
        return new Bits(bytes.clone(), Set.of());
    }

    static Bits zeros(int size) {
        return of(new byte[size]);
    }

    static Bits text(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    /** The computed fields that were set by hand. */
    Set<Field> fixed() {
        return fixed;
    }

    /** An unsigned number of at most 63 bits. */
    public long get(Field field) {
        var value = 0L;
        for (var bit = field.bit(); bit < field.bit() + field.bits(); bit++) {
            value = value << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1);
        }
        return value;
    }

    int number(Field field) {
        return (int) get(field);
    }

    /** The bytes of a field that begins and ends at a byte's edge, such as an address. */
    byte[] slice(Field field) {
        return Arrays.copyOfRange(bytes, field.bit() / 8, (field.bit() + field.bits()) / 8);
    }

    byte[] from(int offset) {
        return Arrays.copyOfRange(bytes, offset, bytes.length);
    }

    /** With the field set by hand. */
    Bits with(Field field, long value) {
        var changed = new HashSet<>(fixed);
        if (field.computed()) {
            changed.add(field);
        }
        return new Bits(write(field, value), changed);
    }

    Bits with(Field field, byte[] value) {
        var copy = bytes.clone();
        System.arraycopy(value, 0, copy, field.bit() / 8, field.bits() / 8);
        return new Bits(copy, fixed);
    }

    /** With the field computed, unless it was set by hand. */
    Bits auto(Field field, long value) {
        return fixed.contains(field) ? this : new Bits(write(field, value), fixed);
    }

    /** With a checksum over a header whose checksum field is zero, unless it was set by hand. */
    Bits checksum(Field field, ToLongFunction<Bits> sum) {
        return fixed.contains(field) ? this : auto(field, sum.applyAsLong(auto(field, 0)));
    }

    /** With the field computed again. */
    Bits free(Field field) {
        var changed = new HashSet<>(fixed);
        changed.remove(field);
        return new Bits(bytes, changed);
    }

    /** The first bytes, and other ones behind them. */
    Bits tail(int offset, byte... tail) {
        var copy = Arrays.copyOf(bytes, offset + tail.length);
        System.arraycopy(tail, 0, copy, offset, tail.length);
        return new Bits(copy, fixed);
    }

    private byte[] write(Field field, long value) {
        field.check(value);
        var copy = bytes.clone();
        for (var i = 0; i < field.bits(); i++) {
            var bit = field.bit() + field.bits() - 1 - i;
            var mask = 0x80 >> bit % 8;
            copy[bit / 8] = (byte) ((value >>> i & 1) == 0 ? copy[bit / 8] & ~mask : copy[bit / 8] | mask);
        }
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bits bits && Arrays.equals(bytes, bits.bytes) && fixed.equals(bits.fixed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
