// PromQL that more than one dashboard asks.

const WINDOW = '[$__rate_interval]';

const by = labels => labels ? ` by (${labels})` : '';

export const sum = (labels, expr) => `sum${by(labels)} (${expr})`;

/** Sum of the rates of a counter, per second. */
export const rate = (labels, selector) => sum(labels, `rate(${selector}${WINDOW})`);

/** Bytes counted, as bits per second. */
export const bits = (labels, selector) => `8 * ${rate(labels, selector)}`;

/** A quantile of a histogram, 0..1, of what was seen in the window; selector without _bucket. */
export const quantile = (q, labels, name, selector, window = WINDOW) =>
  `histogram_quantile(${q}, ${sum(labels ? `${labels}, le` : 'le', `rate(${name}_bucket${selector}${window})`)})`;

/** 0 instead of nothing. */
export const orZero = expr => `${expr} or vector(0)`;

/**
 * An expression for the six that are busiest by a counter over the whole time shown, so that ten thousand services don't
 * become ten thousand lines.
 */
export const ofBusiest = (labels, expr, counter) =>
  `${expr} and on (${labels}) topk(6, ${sum(labels, `rate(${counter}[$__range] @ end())`)})`;

export const count = (labels, expr) => `count${by(labels)} (${expr})`;

/** Of all clients that came, the share that was turned away. */
export const refusedShare = (labels, selector) => {
  const refused = rate(labels, `jlvs_service_refused_total${selector}`);
  const taken = rate(labels, `jlvs_service_connections_total${selector}`);
  return `${refused} / (${refused} + ${taken} > 0)`;
};

export const increase = (labels, selector, window) => sum(labels, `increase(${selector}[${window}])`);
