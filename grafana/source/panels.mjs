// The parts that the dashboards are made of. A panel has a title, a sentence for its (i), queries, and what differs from
// the defaults; rows() gives panels their places.

export const GREEN = 'green', YELLOW = 'yellow', ORANGE = 'orange', RED = 'red', BLUE = 'blue';

const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

/** Thresholds: the color from the start, then [value, color] in rising order. */
export const steps = (base, ...more) => ({
  mode: 'absolute',
  steps: [{ value: null, color: base }, ...more.map(([value, color]) => ({ value, color }))],
});

/** Anything above 0 is trouble. */
export const NONE_IS_GOOD = steps(GREEN, [0.000001, RED]);

/** A series for graphs; a legend in Grafana's {{label}} form. */
export const query = (expr, legend = '') => ({ expr, legendFormat: legend, range: true, instant: false });

const targets = queries => queries.map((it, i) => ({
  refId: String.fromCharCode(65 + i), datasource: DATASOURCE, editorMode: 'code', ...it,
}));

const panel = (type, title, description, queries, defaults, options, { overrides = [], ...more } = {}) => ({
  type, title, description, datasource: DATASOURCE, targets: targets([].concat(queries)),
  fieldConfig: { defaults, overrides }, options, ...more,
});

const stat = (color, graph, size) => (title, description, queries,
  { unit = 'short', decimals, thresholds = steps(BLUE), mappings = [], noValue, text = 'auto', calc = 'lastNotNull', ...more } = {}) =>
  panel('stat', title, description, [].concat(queries).map(it => typeof it === 'string' ? query(it) : it),
    { unit, decimals, color: { mode: 'thresholds' }, thresholds, mappings, noValue },
    {
      reduceOptions: { calcs: [calc], fields: '', values: false }, colorMode: color, graphMode: graph,
      textMode: text, justifyMode: graph === 'none' ? 'center' : 'auto', orientation: 'auto', text: { valueSize: size },
    }, more);

/** A figure with its course behind it: how much there is. */
export const figure = stat('none', 'area', 24);

/** A figure without its course: what is configured, which version. */
export const fact = stat('value', 'none', 28);

/** A tile that is green while all is well. */
export const verdict = (title, description, queries, options = {}) =>
  stat('background', 'none', 36)(title, description, queries, { thresholds: NONE_IS_GOOD, ...options });

export const graph = (title, description, queries,
  { unit = 'short', decimals, min = 0, max, stack = 'none', fill = 12, bars = false, step = false, softMax, thresholds, legend = [], centered = false, overrides, ...more } = {}) =>
  panel('timeseries', title, description, queries,
    {
      unit, decimals, min: centered ? undefined : min, max, color: { mode: 'palette-classic' },
      thresholds: thresholds ?? steps(GREEN),
      custom: {
        drawStyle: bars ? 'bars' : 'line', lineInterpolation: step ? 'stepAfter' : 'linear', lineWidth: bars ? 0 : 1,
        fillOpacity: bars ? 80 : stack === 'none' ? fill : 40, gradientMode: stack === 'none' ? 'opacity' : 'none',
        showPoints: 'never', pointSize: 4, spanNulls: false, stacking: { mode: stack, group: 'A' }, axisPlacement: 'auto',
        axisCenteredZero: centered, axisSoftMax: softMax, thresholdsStyle: { mode: thresholds ? 'dashed' : 'off' },
      },
    },
    {
      legend: { displayMode: legend.length ? 'table' : 'list', placement: 'bottom', showLegend: true, calcs: legend },
      tooltip: { mode: 'multi', sort: 'desc' },
    }, { overrides, ...more });

/** What goes out is drawn upwards, what comes in downwards. */
export const bothWays = (title, description, received, transmitted, legend, options) =>
  graph(title, description, [query(received, `${legend} in`.trim()), query(transmitted, `${legend} out`.trim())], {
    centered: true,
    overrides: [byName('/in$/', { 'custom.transform': 'negative-Y' })],
    ...options,
  });

/** Changes the fields whose display name is this, or matches it if it is a /pattern/. */
export const byName = (name, properties) => ({
  matcher: { id: name.startsWith('/') ? 'byRegexp' : 'byName', options: name },
  properties: Object.entries(properties).filter(([, value]) => value !== undefined).map(([id, value]) => ({ id, value })),
});

export const bars = (title, description, queries, { unit = 'short', max, thresholds = steps(BLUE), ...more } = {}) =>
  panel('bargauge', title, description, queries,
    { unit, min: 0, max, color: { mode: 'thresholds' }, thresholds },
    {
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false }, displayMode: 'gradient', orientation: 'horizontal',
      valueMode: 'color', namePlacement: 'left', showUnfilled: true, sizing: 'auto', text: { titleSize: 12, valueSize: 12 }, minVizHeight: 16, minVizWidth: 8, maxVizHeight: 300,
    }, more);

/**
 * A table of what is the same in all queries, one column for each query. Columns: [title, expression, field options].
 * keys: {label: title or [title, field options]}, in the order of the columns. A column without a title is not shown.
 */
export const table = (title, description, keys, columns, { sort, rising = false, ...more } = {}) => {
  const labels = Object.entries(keys).map(([label, it]) => [label, ...[].concat(it)]);
  const value = i => columns.length === 1 ? 'Value' : `Value #${String.fromCharCode(65 + i)}`;
  const names = [...labels.map(([label, name]) => [label, name]), ...columns.map(([name], i) => [value(i), name]).filter(([, name]) => name)];
  const options = [...labels.map(([, name, it]) => [name, it]), ...columns.map(([name, , it]) => [name, it])];
  const transformations = [
    ...(columns.length === 1 ? [] : [{ id: 'merge', options: {} }]),
    {
      id: 'organize',
      options: {
        excludeByName: Object.fromEntries(['Time', ...columns.flatMap(([name], i) => name ? [] : [value(i)])].map(it => [it, true])),
        includeByName: {},
        indexByName: Object.fromEntries(names.map(([from], i) => [from, i])),
        renameByName: Object.fromEntries(names),
      },
    },
  ];
  return panel('table', title, description,
    columns.map(([, expr]) => ({ expr, format: 'table', instant: true, range: false, legendFormat: '' })),
    { color: { mode: 'thresholds' }, thresholds: steps(BLUE), custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false } },
    { showHeader: true, cellHeight: 'sm', sortBy: sort ? [{ displayName: sort, desc: !rising }] : [] },
    { transformations, overrides: options.filter(([, it]) => it).map(([name, it]) => byName(name, it)), ...more });
};

/** Ways to show a column. */
export const column = {
  unit: (unit, { decimals, width } = {}) => ({ unit, decimals, 'custom.width': width }),
  width: width => ({ 'custom.width': width }),
  gauge: (unit, color = BLUE) => ({
    unit, min: 0, fieldMinMax: true, thresholds: steps(color), 'custom.cellOptions': { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' },
  }),
  colored: (unit, thresholds, width) => ({ unit, thresholds, 'custom.cellOptions': { type: 'color-text' }, 'custom.width': width }),
  lamp: (mappings, width = 90) => ({ mappings, 'custom.cellOptions': { type: 'color-background', mode: 'basic' }, 'custom.width': width }),
  link: (title, dashboard, variables) => ({ links: [{ title, url: to(dashboard, variables) }] }),
};

/** Words and colors for values: {1: ['up', GREEN], 0: ['DOWN', RED]}. */
export const words = it => [{
  type: 'value',
  options: Object.fromEntries(Object.entries(it).map(([value, [text, color]], index) => [value, { text, color, index }])),
}];

/** The address of another dashboard, with the choice of directors and the time carried over. */
const to = (dashboard, variables) =>
  `/d/jlvs-${dashboard}?\${datasource:queryparam}&\${cluster:queryparam}&`
  + Object.entries(variables).map(([name, field]) => `var-${name}=\${__data.fields["${field}"]:percentencode}`).join('&')
  + ('instance' in variables ? '' : '&${instance:queryparam}')
  + '&${__url_time_range}';

/** Places panels: each row has a title ('' for the first, which shows none), a height and panels that share its width. */
export const rows = (...all) => {
  let id = 0, y = 0;
  const panels = [];
  for (const { title, height, panels: members, collapsed } of all) {
    if (title) {
      panels.push({ id: ++id, type: 'row', title, collapsed: false, gridPos: { x: 0, y, w: 24, h: 1 }, panels: [] });
      y++;
    }
    let x = 0;
    for (const { w = 24 / members.length, ...it } of members) {
      panels.push({ id: ++id, ...it, gridPos: { x, y, w, h: height } });
      x += w;
    }
    y += height;
  }
  return panels;
};

export const row = (title, height, ...panels) => ({ title, height, panels });

export const wide = (w, it) => ({ w, ...it });

const variable = (name, label, query, more = {}) => ({
  name, label, type: 'query', datasource: DATASOURCE, query: { query, refId: name }, refresh: 2, sort: 1,
  multi: true, includeAll: true, allValue: '.*', hide: 0, current: { text: 'All', value: '$__all' }, options: [], regex: '',
  skipUrlSync: false, ...more,
});

/** One value at a time; the first, until another is chosen. */
export const one = (name, label, query) =>
  variable(name, label, query, { multi: false, includeAll: false, allValue: undefined, current: undefined });

const VARIABLES = [
  {
    name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', refresh: 1, hide: 0, includeAll: false,
    multi: false, options: [], regex: '', skipUrlSync: false,
  },
  // Never chosen by hand, and without .* for all: `up` would be that of every job.
  variable('job', 'Job', 'label_values(jlvs_build_info, job)', { hide: 2, allValue: undefined }),
  variable('cluster', 'Cluster', 'label_values(jlvs_build_info{job=~"$job"}, cluster)'),
  variable('instance', 'Director', 'label_values(jlvs_build_info{job=~"$job", cluster=~"$cluster"}, instance)'),
];

/** The label matchers of the directors that are chosen, and more of them. */
export const chosen = (...more) => `{${['job=~"$job"', 'cluster=~"$cluster"', 'instance=~"$instance"', ...more].join(', ')}}`;

export const dashboard = (uid, title, description, variables, panels) => ({
  uid: `jlvs-${uid}`, title: `JLVS ${title}`, description, tags: ['jlvs'], schemaVersion: 41, version: 1, editable: true,
  graphTooltip: 1, refresh: '10s', time: { from: 'now-30m', to: 'now' }, timezone: 'browser', fiscalYearStartMonth: 0,
  weekStart: '', annotations: { list: [] }, templating: { list: [...VARIABLES, ...variables] },
  links: [{
    type: 'dashboards', title: 'JLVS', tags: ['jlvs'], asDropdown: false, includeVars: true, keepTime: true, icon: 'external link',
    targetBlank: false, tooltip: '', url: '',
  }],
  panels,
});
