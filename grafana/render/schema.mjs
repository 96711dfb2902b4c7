// Checks the dashboards against the types of @grafana/schema, by the TypeScript compiler.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DASHBOARDS = fileURLToPath(new URL('../dashboards/', import.meta.url));
const OUT = `${HERE}target/schema/`;

// JSON has no enums: where the types want a member, its value will do.
const PREAMBLE = `import type {
  Dashboard, FieldConfig, Panel, VizLegendOptions, VizTooltipOptions, GraphFieldConfig, ReduceDataOptions, VizTextDisplayOptions, TableSortByFieldState,
} from '@grafana/schema';
type Loose<T> = T extends string ? \`\${T}\` : T extends (infer U)[] ? Loose<U>[] : T extends object ? { [K in keyof T]: Loose<T[K]> } : T;
`;
// What the types of Dashboard leave open: the fields and options of the panel types that are used.
const PANEL = {
  timeseries: 'Loose<{ custom: GraphFieldConfig }>',
  table: '{ custom: { align: string, inspect: boolean, cellOptions: { type: string } } }',
};
const OPTIONS = {
  timeseries: 'Loose<{ legend: VizLegendOptions, tooltip: VizTooltipOptions }>',
  stat: '{ reduceOptions: ReduceDataOptions, colorMode: "none" | "value" | "background", graphMode: "area" | "none", textMode: string, justifyMode: "auto" | "center", orientation: "auto", text: VizTextDisplayOptions }',
  bargauge: '{ reduceOptions: ReduceDataOptions, displayMode: "gradient", orientation: "horizontal", valueMode: "color", namePlacement: "left", showUnfilled: boolean, text: VizTextDisplayOptions, sizing: "auto", minVizHeight: number, minVizWidth: number, maxVizHeight: number }',
  table: '{ showHeader: boolean, cellHeight: "sm", sortBy: TableSortByFieldState[] }',
};

function typed(dashboard) {
  const constants = [`export const dashboard: Loose<Dashboard> = ${JSON.stringify(dashboard, null, 1)};`];
  for (const { id, type, fieldConfig, options } of dashboard.panels) {
    if (PANEL[type]) constants.push(`export const fields${id}: ${PANEL[type]} = { custom: ${JSON.stringify(fieldConfig.defaults.custom)} };`);
    if (OPTIONS[type]) constants.push(`export const options${id}: ${OPTIONS[type]} = ${JSON.stringify(options)};`);
  }
  return PREAMBLE + constants.join('\n');
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const names = readdirSync(DASHBOARDS).filter(it => it.endsWith('.json'));
names.forEach(name => writeFileSync(`${OUT}${name.replace('.json', '.ts')}`, typed(JSON.parse(readFileSync(DASHBOARDS + name)))));

const { status, stdout } = spawnSync(process.execPath, [
  `${HERE}node_modules/typescript/bin/tsc`, '--noEmit', '--strict', '--skipLibCheck', '--module', 'esnext', '--moduleResolution', 'bundler',
  ...names.map(name => `${OUT}${name.replace('.json', '.ts')}`),
], { encoding: 'utf8', cwd: HERE });
process.stdout.write(stdout);
console.log(`${names.length} dashboards checked against @grafana/schema`);
process.exit(status);
