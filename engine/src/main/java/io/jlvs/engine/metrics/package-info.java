/** What the director measures, as Prometheus wants it: names, one binder per subject, and the endpoint to scrape. */
@NullMarked
package io.jlvs.engine.metrics;

import org.jspecify.annotations.NullMarked;
