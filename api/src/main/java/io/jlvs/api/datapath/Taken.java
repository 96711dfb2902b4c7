package io.jlvs.api.datapath;

/**
 * What became of entries of other directors.
 *
 * @param taken entered, or brought up to date
 * @param older what is known here is fresher
 * @param leftOut the service, server or mode is not known here, or there was no room
 */
public record Taken(long taken, long older, long leftOut) {

    public static final Taken NOTHING = new Taken(0, 0, 0);

    public Taken plus(Taken more) {
        return new Taken(taken + more.taken, older + more.older, leftOut + more.leftOut);
    }
}
