// Asks Prometheus and makes data frames as Grafana's data source does.
import { FieldType, toDataFrame } from '@grafana/data';

async function get(path, parameters) {
  const answer = await (await fetch(`/api/v1/${path}?${new URLSearchParams(parameters)}`)).json();
  if (answer.status !== 'success') throw new Error(`${answer.error}: ${parameters.query ?? ''}`);
  return answer.data;
}

export const labelValues = (selector, label, { from, to }) =>
  get(`label/${label}/values`, { 'match[]': selector, start: from, end: to });

/** The frames of one query; several says whether the panel has more than one. */
export async function frames(target, expr, several, time) {
  return target.format === 'table'
    ? [rows(target, (await get('query', { query: expr, time: time.to })).result, several)]
    : (await get('query_range', { query: expr, start: time.from, end: time.to, step: time.step })).result.map(it => series(target, it, time));
}

function series({ refId, legendFormat }, { metric, values }, time) {
  const at = new Map(values.map(([t, v]) => [t, Number(v)]));
  const times = Array.from({ length: (time.to - time.from) / time.step + 1 }, (_, i) => time.from + i * time.step);
  return toDataFrame({
    refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: times.map(t => t * 1000), config: {} },
      { name: 'Value', type: FieldType.number, values: times.map(t => at.get(t) ?? null), labels: metric,
        config: { displayNameFromDS: legend(legendFormat, metric) } },
    ],
  });
}

const legend = (format, labels) => format
  ? format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name) => labels[name] ?? '')
  : Object.entries(labels).map(([name, value]) => `${name}="${value}"`).join(', ') || 'Value';

function rows({ refId }, result, several) {
  const labels = [...new Set(result.flatMap(it => Object.keys(it.metric)))];
  return toDataFrame({
    refId,
    fields: result.length === 0 ? [] : [
      { name: 'Time', type: FieldType.time, values: result.map(it => it.value[0] * 1000), config: {} },
      ...labels.map(name => ({ name, type: FieldType.string, values: result.map(it => it.metric[name] ?? ''), config: {} })),
      { name: several ? `Value #${refId}` : 'Value', type: FieldType.number, values: result.map(it => Number(it.value[1])), config: {} },
    ],
  });
}
