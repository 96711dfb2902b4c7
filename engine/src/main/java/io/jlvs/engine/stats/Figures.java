package io.jlvs.engine.stats;

import io.jlvs.api.datapath.Traffic;

/**
 * What a listing shows of a service or server.
 *
 * @param total since the last zero point
 */
public record Figures(Traffic total, Rates rates) {

    public static final Figures NONE = new Figures(Traffic.NONE, Rates.NONE);
}
