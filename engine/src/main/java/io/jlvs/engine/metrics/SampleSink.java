package io.jlvs.engine.metrics;

import io.jlvs.api.datapath.LatencyHistogram;

/** Takes the samples of one scrape. */
interface SampleSink {

    /** An info's value is always 1. */
    void add(Metric metric, LabelText labels, long value);

    void add(Metric metric, LabelText labels, LatencyHistogram histogram);
}
