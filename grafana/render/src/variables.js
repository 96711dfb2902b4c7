// A dashboard's variables, as Grafana's Prometheus data source puts them into expressions.
import { labelValues } from './prometheus.js';

const LABEL_VALUES = /^label_values\((.*), *(\w+)\)$/;

/** Chooses: what was asked for, else all, else the first value. Returns {name: {label, hidden, text, value}}. */
export async function choose(dashboard, asked, time) {
  const chosen = {};
  for (const it of dashboard.templating.list) {
    if (it.type !== 'query') continue;
    const [, selector, label] = it.query.query.match(LABEL_VALUES);
    const values = (await labelValues(interpolate(selector, chosen, time), label, time)).sort();
    if (!values.length && !it.includeAll) throw new Error(`no value for the variable ${it.name}: ${it.query.query}`);
    chosen[it.name] = { label: it.label, hidden: it.hide === 2, ...choice(it, values, asked.get(it.name)) };
  }
  return chosen;
}

function choice(variable, values, asked) {
  const escape = variable.multi || variable.includeAll;
  if (asked) return { text: asked, value: escape ? regexEscaped(asked) : asked };
  if (!variable.includeAll) return { text: values[0], value: values[0] };
  return { text: 'All', value: variable.allValue ?? `(${values.map(regexEscaped).join('|')})` };
}

/** Twice, because the expression is in quotes. */
const regexEscaped = text => text.replace(/[\\^$*+?.()|[\]{}]/g, '\\\\$&');

export function interpolate(text, chosen, { seconds, interval }) {
  return text
    .replaceAll('$__rate_interval', `${interval}s`)
    .replaceAll('$__range', `${seconds}s`)
    .replace(/\$\{?(\w+)\}?/g, (whole, name) => chosen[name]?.value ?? whole);
}
