// Writes the dashboards to ../dashboards; with --check it only tells which of them are not what the source says.
import { readFileSync, writeFileSync } from 'node:fs';

const NAMES = ['overview', 'service', 'server', 'datapath', 'plugins-and-bus', 'jvm', 'cluster'];
const check = process.argv.includes('--check');
const stale = [];

for (const name of NAMES) {
  const file = new URL(`../dashboards/${name}.json`, import.meta.url);
  const { default: dashboard } = await import(`./${name}.mjs`);
  const text = JSON.stringify(dashboard, null, 2) + '\n';
  if (!check) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) stale.push(name);
}
if (stale.length) {
  console.error(`not what grafana/source says: ${stale.join(', ')}; write them anew with: node grafana/source/write.mjs`);
  process.exit(1);
}
